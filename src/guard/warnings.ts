import { DAY_MS } from '../alipay/beijing-time.ts';
import type { Band } from '../alipay/profile.ts';
import { formatYuan } from '../alipay/money.ts';
import type { Ledger, Operation } from '../ledger/index.ts';
import { say, type Sentence } from '../text/index.ts';
import type { Facts } from './proposal.ts';

const MINUTE_MS = 60_000;
/** Above this multiple of the largest amount that ever succeeded here, an amount is unusual. */
const UNUSUAL = 3;
/** Characters that hide or reorder others: bidi controls, zero-width, soft hyphen, tags. */
const HIDING = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u;

interface Asked {
  readonly ledger: Ledger;
  readonly operation: Operation;
  readonly facts: Facts;
  readonly band: Band;
  readonly agentWords: readonly { readonly field: string; readonly text: string }[];
}

/** What a careful wallet would point out before asking. From the ledger's history and the request itself. */
export function warningsFor(asked: Asked): Sentence[] {
  const { facts, band, agentWords } = asked;
  const warnings: Sentence[] = [];
  if (band === 'production') warnings.push(say('warn.production'));
  if (band === 'alipay-sandbox' && facts.kind === 'trade') warnings.push(say('warn.alipay_sandbox'));
  warnings.push(...fromHistory(asked));
  if (facts.kind === 'payee') warnings.push(...aboutPayee(asked, facts.paidBefore, facts.name));
  const texts =
    facts.kind === 'payee' ? [...agentWords, { field: 'payee_identity', text: facts.identity }] : agentWords;
  for (const { field, text } of texts) {
    if (HIDING.test(text)) warnings.push(say('warn.hidden_characters', { field }));
    else if (field === 'payee_identity' && /[^\x20-\x7e]/.test(text))
      warnings.push(say('warn.lookalike_characters', { field }));
  }
  return warnings;
}

function fromHistory({ ledger, operation }: Asked): Sentence[] {
  const { account, target, fen, intent, method } = operation;
  const now = ledger.now();
  const warnings: Sentence[] = [];
  const denied = ledger.ofIntent(account, intent).findLast(({ state }) => state === 'denied');
  if (denied && now - (denied.settledAt ?? 0) < DAY_MS) {
    const minutes = Math.max(1, Math.round((now - (denied.settledAt ?? now)) / MINUTE_MS));
    warnings.push(
      denied.reason ? say('warn.denied_because', { minutes, reason: denied.reason }) : say('warn.denied', { minutes }),
    );
  }
  const same = ledger
    .succeededOn(account, target)
    .filter((past) => past.fen === fen && now - (past.settledAt ?? 0) < DAY_MS);
  if (same.length > 0) warnings.push(say('warn.same_amount', { count: same.length, amount: formatYuan(fen) }));
  const largest = Math.max(0, ...ledger.succeededOf(account, method).map((past) => past.fen));
  if (largest > 0 && fen > largest * UNUSUAL) {
    warnings.push(say('warn.unusual', { amount: formatYuan(fen), largest: formatYuan(largest) }));
  }
  return warnings;
}

function aboutPayee({ ledger, operation }: Asked, paidBefore: number, name: string | undefined): Sentence[] {
  const warnings: Sentence[] = [];
  if (paidBefore === 0) {
    warnings.push(say('warn.first_payee'));
    const known = new Set(ledger.succeededOf(operation.account, operation.method).map((past) => past.target));
    const twin = [...known].find((other) => resembles(identityIn(other), identityIn(operation.target)));
    if (twin) warnings.push(say('warn.resembles', { known: identityIn(twin) }));
  }
  warnings.push(name === undefined ? say('warn.no_name') : say('warn.name_checked'));
  return warnings;
}

function identityIn(target: string): string {
  return target.split(':').slice(2).join(':');
}

/** Two different identities a tired eye takes for one: same beginning and end, or at most two edits apart. */
function resembles(a: string, b: string): boolean {
  if (a === b) return false;
  const ends = a.length >= 8 && a.slice(0, 4) === b.slice(0, 4) && a.slice(-4) === b.slice(-4);
  return ends || (Math.min(a.length, b.length) >= 6 && distance(a, b) <= 2);
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, charA] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, charB] of Array.from(b).entries()) {
      const change = (row[j] ?? 0) + (charA === charB ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
