import assert from 'node:assert/strict';
import type { AlipayClient } from '../../../src/alipay/client.ts';
import { say } from '../../../src/text/index.ts';
import type { Playbook, Verdict } from '../../../src/guard/playbook.ts';
import type { Prepared } from '../../../src/alipay/prepared.ts';
import { settle, type Settling } from '../../../src/guard/settle.ts';
import type { Ledger, Operation } from '../../../src/ledger/index.ts';
import { ledgerFolder, MovedClock, openLedger, sending } from '../../support/ledgers.ts';

const ABSENT: Verdict = { verdict: 'absent', why: say('refund.not_there') };
const UNCLEAR: Verdict = { verdict: 'unclear', why: say('refund.unproven') };
const DONE: Verdict = { verdict: 'succeeded', answer: {} };
const HOUR_MS = 3_600_000;

describe('G7: settling an operation in doubt', () => {
  let clock: MovedClock;
  let ledger: Ledger;
  let folder: ReturnType<typeof ledgerFolder>;
  let sent: number;

  beforeEach(async () => {
    clock = new MovedClock();
    folder = ledgerFolder();
    ledger = await openLedger(folder.file, clock);
    sent = 0;
  });

  afterEach(() => {
    ledger.close();
    folder.remove();
  });

  /** Settles with the answers of successive queries, and of each resend. Between queries time can pass. */
  async function outcome(
    answers: Verdict[],
    options: {
      mayResend?: boolean;
      locked?: boolean;
      /** Everything is locked, or the settings change, while a query is on its way. */
      endedAt?: number;
      resends?: 'refused' | 'unclear';
      absentForSure?: number;
      pass?: number;
      monotonic?: number;
      byHand?: boolean;
    } = {},
  ): Promise<Operation> {
    const id = await sending(ledger);
    const doubtful = await ledger.move(id, 'unknown');
    const stop = new AbortController();
    let asked = 0;
    const playbook = {
      ask: async () => {
        if (options.byHand) await ledger.move(id, 'resolved_by_hand', { reason: 'seen in the console' });
        clock.offset += options.pass ?? 0;
        clock.monotonicOffset += options.monotonic ?? 0;
        const answer = answers.shift();
        asked += 1;
        if (!answer || asked === options.endedAt) stop.abort();
        return answer ?? UNCLEAR;
      },
    } as unknown as Playbook;
    const send: AlipayClient['send'] = async (_prepared, sending) => {
      await sending?.grant?.redeem('d1');
      sent += 1;
      return options.resends === 'refused'
        ? {
            status: 'rejected',
            code: '40004',
            subCode: 'X',
            subMsg: '',
            verified: true,
            meaning: say('refund.closed'),
            next: undefined,
          }
        : { status: 'unknown', reason: 'timeout', meaning: say('outcome.network'), subCode: undefined };
    };
    const client = { send } as unknown as AlipayClient;
    const settling: Settling = {
      sources: { client, ledger, account: 'a' },
      playbook,
      clock,
      waits: { queries: [0], absentForSure: options.absentForSure ?? HOUR_MS, answerWithin: 1_000 },
      resending: options.mayResend
        ? { prepared: { digest: 'd1' } as Prepared, isAllowed: () => Promise.resolve(!options.locked) }
        : undefined,
      signal: stop.signal,
    };
    return settle(settling, doubtful).catch(() => ledger.get(id) ?? assert.fail());
  }

  it('takes what a query says', async () => {
    assert.equal((await outcome([UNCLEAR, DONE])).state, 'succeeded');
    assert.equal(sent, 0);
  });

  it('sends again only what was absent twice in a row', async () => {
    assert.equal((await outcome([ABSENT, UNCLEAR, ABSENT, UNCLEAR], { mayResend: true })).state, 'unknown');
    assert.equal(sent, 0);
  });

  it('sends again in the approved process', async () => {
    await outcome([ABSENT, ABSENT, UNCLEAR], { mayResend: true });
    assert.equal(sent, 1);
  });

  it('never sends again ten minutes after the approval', async () => {
    await outcome([ABSENT, ABSENT, ABSENT, ABSENT], { mayResend: true, pass: 6 * 60_000 });
    assert.equal(sent, 0);
  });

  it('never sends again ten minutes later, even if somebody has set the clock back', async () => {
    await outcome([ABSENT, ABSENT, ABSENT, ABSENT], { mayResend: true, pass: -6 * 60_000, monotonic: 6 * 60_000 });
    assert.equal(sent, 0);
  });

  it('a clock set forward makes nothing this process has just sent absent for sure', async () => {
    const answers = [ABSENT, ABSENT, ABSENT, ABSENT];
    assert.equal((await outcome(answers, { mayResend: true, pass: HOUR_MS })).state, 'unknown');
  });

  it('never sends again once everything was locked, not even where that happens while it asks', async () => {
    const settled = await outcome([ABSENT, ABSENT, UNCLEAR], { mayResend: true, endedAt: 2 });
    assert.deepEqual([settled.state, sent], ['unknown', 0]);
  });

  it('never sends again where settings, lock or clock no longer let money go', async () => {
    const settled = await outcome([ABSENT, ABSENT, ABSENT, ABSENT, UNCLEAR, DONE], { mayResend: true, locked: true });
    assert.deepEqual([settled.state, sent], ['succeeded', 0]);
  });

  it('a refusal of the second sending says nothing about the first', async () => {
    const settled = await outcome([ABSENT, ABSENT, UNCLEAR, DONE], { mayResend: true, resends: 'refused' });
    assert.equal(settled.state, 'succeeded');
    assert.equal(sent, 1);
  });

  it('calls not executed only what has been absent for sure', async () => {
    assert.equal((await outcome([ABSENT, ABSENT, ABSENT, ABSENT])).state, 'unknown');
  });

  it('calls not executed what is absent long after it was sent', async () => {
    assert.equal((await outcome([ABSENT, ABSENT], { pass: HOUR_MS, monotonic: HOUR_MS })).state, 'not_executed');
    assert.equal(sent, 0);
  });

  it('a clock set forward makes nothing absent for sure that an earlier process has sent, either', async () => {
    assert.equal((await outcome([ABSENT, ABSENT, ABSENT, ABSENT], { pass: HOUR_MS })).state, 'unknown');
  });

  it('G7: what a person resolves by hand while it is asked about stays so, and nothing is sent', async () => {
    const settled = await outcome([ABSENT, ABSENT, ABSENT], { mayResend: true, byHand: true });
    assert.equal(settled.state, 'resolved_by_hand');
    assert.equal(sent, 0);
  });
});
