import { randomBytes } from 'node:crypto';
import { DAY_MS, momentOf } from '../alipay/beijing-time.ts';
import { RefusedError } from '../alipay/errors.ts';
import { formatYuan } from '../alipay/money.ts';
import type { Outcome, ResponseNode } from '../alipay/outcome.ts';
import { say } from '../text/index.ts';
import { intentOf } from '../ledger/index.ts';
import { absentOn, cannotRead, leftNumber, pick, type Playbook, type Sources, type Verdict } from './playbook.ts';
import type { PayeeFacts, TransferProposal } from './proposal.ts';

const METHOD = 'alipay.fund.trans.uni.transfer';
/** To Alipay accounts only; the query needs the same pair (`alipay-openapi.md` §3.12, §3.13). */
const TRANSFER_PRODUCT = { product_code: 'TRANS_ACCOUNT_NO_PWD', biz_scene: 'DIRECT_TRANSFER' } as const;

/** `alipay.fund.trans.uni.transfer`: a payout to an Alipay account. */
export const transferPlaybook: Playbook<TransferProposal, PayeeFacts> = {
  async read(sources, { payee, fen }) {
    const { client, ledger, account } = sources;
    if (client.profile.mode === 'key') throw new RefusedError(say('transfer.key_mode'), say('transfer.key_mode.next'));
    const { identity, identityType } = payee;
    const target = payeeTarget(identityType, identity);
    const paidBefore = ledger.succeededOn(account, target).length;
    return { facts: { kind: 'payee', identity, identityType, name: payee.name, paidBefore }, target, fen };
  },

  check() {
    // Alipay has no way to ask about a payee before paying.
  },

  async number(sources, _proposal, { target, fen }) {
    const { ledger, account } = sources;
    const left = leftNumber(sources, intentOf({ account, method: METHOD, target, fen }));
    const number = left ?? freshNumber();
    // Alipay must say that it does not know the number: proof that it is free, and that gateway, keys and clock are right.
    const outcome = await queryTransfer(sources, number);
    if (outcome.status === 'succeeded') {
      // Of a number just made up there can be nothing: something else is wrong.
      if (left === undefined) throw cannotRead(outcome);
      const verdict = judgeStatus(outcome.node);
      const at = momentOf(outcome.node['pay_date']);
      if (verdict.verdict === 'succeeded') {
        // Paid more than a day ago: no longer this call's answer, and its number is spent.
        if (at !== undefined && ledger.now() - at > DAY_MS) return { kind: 'free', number: freshNumber() };
        return { kind: 'done', number, answer: verdict.answer, at };
      }
      // It failed, or its money came back: nothing is left to arrive under that number.
      if (verdict.verdict === 'rejected') return { kind: 'free', number: freshNumber() };
      throw new RefusedError(verdict.why, say('guard.next.try_again'));
    }
    if (absentOn(outcome, 'ORDER_NOT_EXIST').verdict !== 'absent') throw cannotRead(outcome);
    return { kind: 'free', number };
  },

  call({ client }, { fen, payee, orderTitle, remark }, _facts, number) {
    const scene = client.profile.transferScene;
    return {
      method: METHOD,
      bizContent: {
        out_biz_no: number,
        trans_amount: formatYuan(fen),
        ...TRANSFER_PRODUCT,
        order_title: orderTitle,
        payee_info: {
          identity: payee.identity,
          identity_type: payee.identityType,
          ...(payee.name === undefined ? {} : { name: payee.name }),
        },
        ...(remark === undefined ? {} : { remark }),
        ...(scene ? { transfer_scene_name: scene.name, transfer_scene_report_infos: scene.reports } : {}),
      },
    };
  },

  confirm: judgeStatus,

  async ask(sources, { number }) {
    const outcome = await queryTransfer(sources, number ?? '');
    return outcome.status === 'succeeded' ? judgeStatus(outcome.node) : absentOn(outcome, 'ORDER_NOT_EXIST');
  },

  agentWords({ payee, orderTitle, remark }) {
    const words = [
      { field: 'payee_name', text: payee.name },
      { field: 'order_title', text: orderTitle },
      { field: 'remark', text: remark },
    ];
    return words.flatMap(({ field, text }) => (text === undefined ? [] : [{ field, text }]));
  },
};

/** One payee however it is written: trimmed, lower case, without the +86, 86 or 0086 of a mobile number (G11). */
export function payeeTarget(identityType: string, identity: string): string {
  const plain = identity.trim();
  const normalised =
    identityType === 'ALIPAY_LOGON_ID' ? plain.toLowerCase().replace(/^(?:\+|00)?86-?(?=1\d{10}$)/, '') : plain;
  return `payee:${identityType}:${normalised}`;
}

function queryTransfer({ client }: Sources, number: string): Promise<Outcome> {
  const bizContent = { out_biz_no: number, ...TRANSFER_PRODUCT };
  return client.send(client.prepare({ method: 'alipay.fund.trans.common.query', bizContent }));
}

function judgeStatus(node: ResponseNode): Verdict {
  switch (node['status']) {
    case 'SUCCESS':
      return { verdict: 'succeeded', answer: keep(node) };
    case 'FAIL':
    case 'CLOSED':
      return { verdict: 'rejected', why: say('transfer.failed'), next: undefined };
    case 'REFUND':
      return { verdict: 'rejected', why: say('transfer.came_back'), next: undefined };
    default:
      return { verdict: 'unclear', why: say('transfer.under_way') };
  }
}

function freshNumber(): string {
  return `T${randomBytes(20).toString('hex')}`;
}

function keep(node: ResponseNode): ResponseNode {
  return pick(node, 'out_biz_no', 'order_id', 'pay_fund_order_id', 'status', 'trans_date', 'pay_date');
}
