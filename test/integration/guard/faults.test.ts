import assert from 'node:assert/strict';
import { FAULTS, type FaultName } from '../../../src/sandbox/gateway/faults.ts';
import { NOTIFICATION_FAULTS } from '../../../src/sandbox/world/notification-faults.ts';
import type { ToolResult } from '../../../src/tools/result.ts';
import type { Guard } from '../../../src/guard/index.ts';
import { approve, Desk } from '../../support/desk.ts';
import { GUARDED, type Errand, type GuardedTool } from '../../support/guarded-tools.ts';
import { Merchant } from '../../support/merchant.ts';

const HOUR_MS = 3_600_000;
/** How long the client of a delayed gateway waits, and how much later the answer comes. */
const IMPATIENT_MS = 1_000;
/** Far longer than an answer takes on a busy machine. */
const PATIENT_MS = 20_000;
const MOST_TRIES = 40;

/** One way a fault is armed, and what there is to see of it. */
interface Arming {
  readonly more?: { readonly ms?: number; readonly as?: '20000' | '40004' };
  /** What the request does: nothing, what it should, or that only when its sender has given up. */
  readonly effect: 'never' | 'done' | 'late';
  /** Whether its answer can be believed; `doubted`: it can, but shows a clock that cannot. */
  readonly answer: 'lost' | 'kept' | 'doubted';
}

const done = { effect: 'done', answer: 'kept' } as const;
const lost = { effect: 'done', answer: 'lost' } as const;
const never = { effect: 'never', answer: 'lost' } as const;

/** Every fault of the sandbox, by type: a new one does not compile until it is here. */
const ARMED: Readonly<Record<FaultName, readonly [Arming, ...Arming[]]>> = {
  delay: [
    { more: { ms: IMPATIENT_MS + 500 }, effect: 'late', answer: 'lost' },
    { more: { ms: 50 }, ...done },
  ],
  'drop-before': [never],
  'drop-after': [lost],
  'system-error-before': [
    { more: { as: '20000' }, ...never },
    { more: { as: '40004' }, ...never },
  ],
  'system-error-after': [
    { more: { as: '20000' }, ...lost },
    { more: { as: '40004' }, ...lost },
  ],
  'bad-signature': [lost],
  unsigned: [lost],
  garbage: [lost],
  'http-500': [never],
  'http-500-after': [lost],
  truncated: [lost],
  'wrong-cert-sn': [lost],
  'clock-skew': [
    { more: { ms: HOUR_MS }, effect: 'done', answer: 'doubted' },
    { more: { ms: -HOUR_MS }, effect: 'done', answer: 'doubted' },
    { more: { ms: 5 * 60_000 }, ...done },
  ],
  'clock-jump': [
    { more: { ms: HOUR_MS }, ...done },
    { more: { ms: -HOUR_MS }, ...done },
  ],
  'duplicate-notification': [done],
  'late-notification': [done],
  'out-of-order-notification': [done],
  'lost-notification': [done],
};

describe('G7: each guarded tool under each fault of the sandbox', function () {
  this.timeout(60_000);
  const desks = new Map<number, { desk: Desk; window: Guard }>();
  let merchant: Merchant;
  let desk: Desk;
  /** Another window over the same ledger. */
  let window: Guard;

  before(async () => {
    merchant = await Merchant.listen();
    for (const timeoutMs of [IMPATIENT_MS, PATIENT_MS]) {
      const made = await Desk.open({ timeoutMs, seed: 'empty', waits: { answerWithin: 200 } });
      desks.set(timeoutMs, { desk: made, window: await made.window() });
    }
  });

  afterEach(async () => {
    await desk.admin('DELETE', '/faults');
    await desk.admin('POST', '/clock', { now: Date.now() });
  });

  after(async () => {
    for (const made of desks.values()) {
      await made.window.dispose();
      await made.desk.close();
    }
    merchant.close();
  });

  /** Whatever a call was told about money must be so. */
  function truthful({ status, moved: said }: ToolResult, moved: number): void {
    assert.ok(moved === 0 || moved === 1, `money moved ${moved} times`);
    switch (status) {
      case 'succeeded':
      case 'already_done':
        assert.equal(moved, 1, `${status}, and no money moved`);
        assert.notEqual(said, 'no');
        break;
      case 'rejected':
      case 'not_executed':
      case 'denied':
      case 'expired':
        assert.equal(moved, 0, `${status}, and money moved`);
        assert.equal(said, 'no');
        break;
      case 'unknown':
      case 'in_progress':
        assert.equal(said, 'unknown');
        break;
      case 'refused':
      case 'invalid_input':
        assert.equal(said, undefined, 'nothing was done, so nothing is said about money');
        break;
      case 'internal_error':
        assert.fail('a fault of ours');
    }
  }

  const isDone = ({ status }: ToolResult): boolean => status === 'succeeded' || status === 'already_done';

  async function call(tool: string, errand: Errand, attempt: number, guard = desk.guard): Promise<ToolResult> {
    const input = errand.inputs[attempt % errand.inputs.length] ?? errand.inputs[0];
    const result = await desk.run(tool, input, approve, guard);
    truthful(result, await errand.moved());
    return result;
  }

  /** Calls again and again, as an agent that wants it done: otherwise worded, and with numbers it makes up. */
  async function insist(tool: string, errand: Errand): Promise<void> {
    for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
      if (!isDone(await call(tool, errand, attempt))) continue;
      for (const [index] of errand.inputs.entries()) await call(tool, errand, index); // and that changes nothing
      return;
    }
    assert.fail(`not done after ${MOST_TRIES} calls`);
  }

  async function opened(guarded: GuardedTool, { effect }: Arming): Promise<Errand> {
    ({ desk, window } = desks.get(effect === 'late' ? IMPATIENT_MS : PATIENT_MS) ?? assert.fail());
    const errand = await guarded.errand(desk, merchant.url);
    await desk.admin('POST', '/journal/clear');
    desk.asked.splice(0);
    return errand;
  }

  /** The fault has struck; those of notifications strike only where there are any. */
  async function struck(fault: FaultName, { notifies }: GuardedTool): Promise<void> {
    const unmet = !notifies && NOTIFICATION_FAULTS.some((name) => name === fault) ? 1 : 0;
    assert.equal((await desk.admin<unknown[]>('GET', '/faults')).length, unmet);
  }

  /** Once it is over, money has moved once, of one approval under one number, and nothing is in doubt. */
  async function settled(method: string, errand: Errand): Promise<void> {
    assert.equal(await errand.moved(), 1);
    assert.deepEqual(desk.ledger.inDoubt(), []);
    assert.equal(desk.asked.length, 1, 'asked once');
    const sent = (await desk.requests(method)).map(({ params }) => (params as { biz_content: string }).biz_content);
    assert.equal(new Set(sent).size, 1, 'the same bytes whenever it was sent');
  }

  for (const [method, guarded] of Object.entries(GUARDED)) {
    const { tool } = guarded;
    for (const fault of FAULTS) {
      for (const arming of ARMED[fault]) {
        const { more = {}, effect, answer } = arming;
        const name = [fault, ...Object.values(more)].join(' ');

        it(`${tool}, ${name} when it first asks: nobody is asked on what cannot be believed, and money moves once`, async () => {
          const errand = await opened(guarded, arming);
          await desk.fault('*', fault, 1, more);
          const first = await call(tool, errand, 0);
          // Where there is nothing, there is no effect to break anything after.
          const isMet = answer !== 'kept' && (guarded.finds || fault !== 'system-error-after');
          if (isMet) assert.deepEqual([first.status, desk.asked.length], ['refused', 0]);
          else assert.equal(desk.asked.length, 1);
          await struck(fault, guarded);
          await insist(tool, errand);
          await settled(method, errand);
        });

        it(`${tool}, ${name} when it is sent: a retrying client moves money once, and hears the truth`, async () => {
          const errand = await opened(guarded, arming);
          await desk.fault(method, fault, 1, more);
          await insist(tool, errand);
          await struck(fault, guarded);
          await settled(method, errand);
          const { length } = await desk.requests(method);
          if (effect === 'done') assert.equal(length, 1, 'what has arrived is not sent again');
          if (effect === 'never') assert.equal(length, 2, 'what never arrived is sent again, once');
        });

        it(`${tool}, ${name} from then on: what is in doubt stays so until that is over, and is settled then`, async () => {
          const errand = await opened(guarded, arming);
          const redeem = desk.ledger.redeem.bind(desk.ledger);
          desk.ledger.redeem = async (...args) => {
            desk.ledger.redeem = redeem;
            await desk.fault('*', fault, 1_000_000, more);
            await redeem(...args);
          };
          const both = await Promise.all([call(tool, errand, 0), call(tool, errand, 1)]);
          const told = both.find(({ status }) => status === 'unknown');
          if (answer === 'lost') assert.ok(told, 'it is said to be unknown');
          for (const [index] of errand.inputs.entries()) {
            const tries = await Promise.all([call(tool, errand, index), call(tool, errand, index, window)]);
            if (answer === 'lost') assert.ok(!tries.some(isDone));
          }
          const state = desk.ledger.get(String(told?.['operation_id']))?.state;
          if (answer === 'lost') assert.ok(state === 'sending' || state === 'unknown', `it is ${state}`);
          await desk.admin('DELETE', '/faults');
          await insist(tool, errand);
          await settled(method, errand);
        });
      }
    }
  }
});
