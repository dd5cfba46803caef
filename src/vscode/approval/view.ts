import { formatBeijing } from '../../alipay/beijing-time.ts';
import { inCapitals } from '../../alipay/capitals.ts';
import { formatYuan, type Fen } from '../../alipay/money.ts';
import type { ApprovalRequest } from '../../guard/approver.ts';
import { render, t, type Locale, type Sentence, type TextKey } from '../../text/index.ts';
import { showHidden } from '../../text/visible.ts';
import { markDifference, markLine, markLines, markRows } from './compare.ts';
import type { ApprovalView, Row, Warning, Words } from './protocol.ts';
import { factRows, payeeIdentity, readSigned, signedPart, type SignedContent } from './signed.ts';

/** Warnings that tell how a thing works, and speak of no danger. */
const NOTES: readonly string[] = ['warn.name_checked', 'warn.alipay_sandbox'] satisfies TextKey[];
/** When a screen reader is told how much time is left, in seconds. */
const ANNOUNCED = [240, 120, 60, 30, 10];

/**
 * What a person is shown of a request, every sentence in their language, and every character that hides made visible.
 *
 * @param before what was shown of the same operation at a click that did not count (G12): the differences are marked.
 * @throws Error when the request cannot be shown in full: it must then be denied.
 */
export function viewOf(locale: Locale, request: ApprovalRequest, before: ApprovalView | undefined): ApprovalView {
  const signed = readSigned(request);
  const [operation, ...effect] = request.effect;
  if (!operation) throw new Error('a request without its operation');
  const { band, fen } = request;
  return {
    lang: locale === 'zh' ? 'zh-CN' : 'en',
    band: { kind: band, name: t(locale, `approval.band.${band}`), note: t(locale, `approval.band.${band}.note`) },
    profile: t(locale, 'approval.profile', { label: showHidden(request.profileLabel) }),
    kind: kindOf(locale, request),
    operation: markLine({ text: spoken(locale, operation) }, before?.operation),
    amount: {
      figure: grouped(fen),
      unit: t(locale, 'approval.unit'),
      capitals: inCapitals(fen),
      ...(operation.key === 'cancel_trade.effect.unpaid' ? { atMost: t(locale, 'approval.at_most') } : {}),
    },
    ...(request.isSecond ? { second: alert(locale, 'approval.second') } : {}),
    ...(request.changed ? { changed: alert(locale, 'approval.changed') } : {}),
    warnings: markLines(warningsOf(locale, request, signed), before?.warnings),
    facts: markRows(factRows(locale, signed, operation), before?.facts),
    effect: effectPart(locale, effect, fen, before),
    agentWords: request.agentWords.map(({ field, text }) => ({
      label: wordLabel(locale, field),
      field,
      text: showHidden(text),
    })),
    limits: markRows(limitRows(locale, request), before?.limits),
    signed: signedPart(locale, request, signed),
    asker: t(locale, 'approval.asker', { caller: showHidden(request.caller) }),
    expires: t(locale, 'approval.expires', { time: formatBeijing(request.expiresAt) }),
    ...(request.queueLength > 0 ? { queue: t(locale, 'approval.queue', { count: request.queueLength }) } : {}),
    ...typedPart(locale, request),
    words: wordsOf(locale, signed),
  };
}

/** What must be typed before this can be approved: the amount, where it is real money. */
export function amountToType({ band, fen }: Pick<ApprovalRequest, 'band' | 'fen'>): string | undefined {
  switch (band) {
    case 'production':
      return formatYuan(fen);
    case 'local-sandbox':
    case 'alipay-sandbox':
      return undefined;
  }
}

/** What kind of operation it is, in a word. */
export function kindOf(locale: Locale, { method }: Pick<ApprovalRequest, 'method'>): string {
  switch (method) {
    case 'alipay.trade.refund':
      return t(locale, 'approval.kind.refund');
    case 'alipay.trade.cancel':
      return t(locale, 'approval.kind.cancel');
    case 'alipay.fund.trans.uni.transfer':
      return t(locale, 'approval.kind.transfer');
    default:
      throw new Error('not a method that is approved');
  }
}

/**
 * The time left as m:ss, and what a screen reader is told at a few moments of it.
 *
 * @param before the seconds left when this was last said.
 */
export function timeLeft(locale: Locale, seconds: number, before: number): { left: string; announce?: string } {
  const left = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  const passed = ANNOUNCED.find((moment) => before > moment && seconds <= moment);
  if (passed === undefined) return { left };
  const announce =
    passed > 60
      ? t(locale, 'approval.left.minutes', { minutes: passed / 60 })
      : t(locale, 'approval.left.seconds', { seconds: passed });
  return { left, announce };
}

function effectPart(
  locale: Locale,
  effect: readonly Sentence[],
  fen: Fen,
  before: ApprovalView | undefined,
): ApprovalView['effect'] {
  const sums = effect.find(({ key }) => key === 'refund_trade.before_after');
  const lines = effect.filter((sentence) => sentence !== sums).map((each) => ({ text: spoken(locale, each) }));
  return {
    rows: markRows(sums ? refundRows(locale, sums, fen) : [], before?.effect.rows),
    lines: markLines(lines, before?.effect.lines),
  };
}

/** Before → after as sums under each other, as on a statement. */
function refundRows(locale: Locale, { args }: Sentence, fen: Fen): Row[] {
  const yuan = (amount: string | number | undefined): string =>
    t(locale, 'approval.yuan', { amount: withCommas(`${amount}`) });
  return [
    { label: t(locale, 'approval.effect.paid'), text: yuan(args['total']) },
    { label: t(locale, 'approval.effect.refunded'), text: yuan(args['refunded']) },
    { label: t(locale, 'approval.effect.this'), text: yuan(formatYuan(fen)) },
    { label: t(locale, 'approval.effect.rest'), text: yuan(args['rest']) },
  ];
}

function limitRows(locale: Locale, { limitsLeft }: ApprovalRequest): Row[] {
  const yuan = (amount: Fen): string => t(locale, 'approval.yuan', { amount: grouped(amount) });
  return [
    { label: t(locale, 'approval.limits.operation'), text: yuan(limitsLeft.perOperation) },
    { label: t(locale, 'approval.limits.today'), text: yuan(limitsLeft.today) },
    { label: t(locale, 'approval.limits.payee'), text: yuan(limitsLeft.payeeToday) },
  ];
}

/** Dangers first, then notes. That it is production says the band, more loudly. */
function warningsOf(locale: Locale, { warnings }: ApprovalRequest, signed: SignedContent): Warning[] {
  const all = warnings.filter(({ key }) => key !== 'warn.production').map((each) => warning(locale, each, signed));
  return all.toSorted((one, other) => Number(one.isNote) - Number(other.isNote));
}

function warning(locale: Locale, sentence: Sentence, signed: SignedContent): Warning {
  const text = spoken(locale, sentence);
  const isNote = NOTES.includes(sentence.key);
  if (sentence.key !== 'warn.resembles') return { text, isNote };
  const [here, known] = markDifference(showHidden(payeeIdentity(signed)), showHidden(`${sentence.args['known']}`));
  return {
    text,
    isNote,
    alike: [
      { label: t(locale, 'approval.alike.here'), text: here },
      { label: t(locale, 'approval.alike.known'), text: known },
    ],
  };
}

function typedPart(locale: Locale, request: ApprovalRequest): Pick<ApprovalView, 'typed'> {
  const amount = amountToType(request);
  if (amount === undefined) return {};
  const hint = t(locale, 'approval.amount.hint', { amount });
  return { typed: { amount, hint, wrong: t(locale, 'approval.amount.wrong', { amount }) } };
}

function wordLabel(locale: Locale, field: string): string {
  switch (field) {
    case 'refund_reason':
    case 'payee_name':
    case 'order_title':
    case 'remark':
      return t(locale, `approval.words.${field}`);
    default:
      return field;
  }
}

function alert(locale: Locale, key: 'approval.second' | 'approval.changed'): { title: string; text: string } {
  return { title: t(locale, key), text: t(locale, `${key}.text`) };
}

function spoken(locale: Locale, sentence: Sentence): string {
  return showHidden(render(locale, sentence));
}

/** 100000000 fen → "1,000,000.00": for reading only; what is typed and signed has no commas. */
function grouped(fen: Fen): string {
  return withCommas(formatYuan(fen));
}

function withCommas(yuan: string): string {
  return yuan.replace(/\B(?=(?:\d{3})+\.)/g, ',');
}

function wordsOf(locale: Locale, { method }: SignedContent): Words {
  const toPayee = method === 'alipay.fund.trans.uni.transfer';
  const ending = (key: 'approval.expired' | 'approval.dead'): { title: string; text: string } => ({
    title: t(locale, key),
    text: t(locale, `${key}.text`),
  });
  return {
    warnings: t(locale, 'approval.warnings'),
    facts: t(locale, toPayee ? 'approval.facts.payee' : 'approval.facts.trade'),
    effect: t(locale, 'approval.effect'),
    agentWords: t(locale, 'approval.words'),
    agentWordsNote: t(locale, 'approval.words.note'),
    limits: t(locale, 'approval.limits'),
    signed: t(locale, 'approval.signed'),
    signedNote: t(locale, 'approval.signed.note'),
    show: t(locale, 'approval.signed.show'),
    pretty: t(locale, 'approval.signed.pretty'),
    raw: t(locale, 'approval.signed.raw'),
    digest: t(locale, 'approval.digest'),
    before: t(locale, 'approval.before'),
    isNew: t(locale, 'approval.new'),
    amount: t(locale, 'approval.amount'),
    reason: t(locale, 'approval.reason'),
    reasonHint: t(locale, 'approval.reason.hint'),
    approve: t(locale, 'approval.approve'),
    deny: t(locale, 'approval.deny'),
    timeLeft: t(locale, 'approval.time_left'),
    readFirst: t(locale, 'approval.read_first'),
    decided: t(locale, 'approval.decided'),
    expired: ending('approval.expired'),
    dead: ending('approval.dead'),
  };
}
