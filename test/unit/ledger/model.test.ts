import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DAY_MS } from '../../../src/alipay/beijing-time.ts';
import { RefusedError } from '../../../src/alipay/errors.ts';
import { intentOf, type Ledger, type Opened, type State } from '../../../src/ledger/index.ts';
import { LIMITS, ledgerFolder, openLedger, wanted } from '../../support/ledgers.ts';
import { StillClock } from '../../support/still-clock.ts';

const TARGETS = ['trade:1', 'trade:2'];
const AMOUNTS = [40_000, 70_000, 110_000];
const MINUTE_MS = 60_000;
/** Beijing's midnight is at 16:00 UTC. */
const dayOf = (ms: number): number => Math.floor((ms + 8 * 60 * MINUTE_MS) / DAY_MS);

/** The design's states in words of its own, so that a change of the product's table is seen. */
const MAY: Readonly<Record<State, readonly State[]>> = {
  proposed: ['denied', 'expired', 'approved'],
  approved: ['sending', 'expired'],
  sending: ['succeeded', 'rejected', 'unknown'],
  unknown: ['succeeded', 'rejected', 'not_executed', 'resolved_by_hand'],
  denied: [],
  expired: [],
  succeeded: [],
  rejected: [],
  not_executed: [],
  resolved_by_hand: [],
};
const STATES = Object.keys(MAY) as State[];
const isLive = (state: State): boolean => ['proposed', 'approved', 'sending', 'unknown'].includes(state);
const counts = (state: State): boolean =>
  ['approved', 'sending', 'unknown', 'succeeded', 'resolved_by_hand'].includes(state);

interface Known {
  readonly id: string;
  readonly target: string;
  readonly fen: number;
  readonly againAfter: string | undefined;
  owner: number;
  state: State;
  isShown: boolean;
  /** The Beijing day it counts on: of the approval, and then of the sending. */
  spentDay: number | undefined;
  settledAt: number;
}

interface Model {
  operations: Known[];
  now: number;
}

interface Real {
  readonly clock: StillClock;
  readonly file: string;
  readonly windows: Ledger[];
}

type Command = fc.AsyncCommand<Model, Real>;

const sum = (operations: readonly Known[]): number => operations.reduce((total, { fen }) => total + fen, 0);

/** Which operation a number chosen by fast-check means. */
const pickOf = ({ operations }: Model, pick: number): Known | undefined => operations[operations.length - 1 - pick];

/** What was let go today, and what was let go earlier and may still move. */
const isOfToday = ({ state, spentDay }: Known, now: number): boolean =>
  spentDay !== undefined && counts(state) && (spentDay === dayOf(now) || isLive(state));

function mayPay({ operations, now }: Model, wish: Known): boolean {
  const today = operations.filter((other) => other !== wish && isOfToday(other, now));
  const payee = today.filter(({ target }) => target === wish.target);
  return (
    wish.fen <= LIMITS.perOperation &&
    sum(today) + wish.fen <= LIMITS.perDay &&
    sum(payee) + wish.fen <= LIMITS.perPayee
  );
}

/** What the design says of a new call: G11. */
function answerTo(
  { operations, now }: Model,
  target: string,
  fen: number,
  againAfter: string | undefined,
): Opened['kind'] {
  const live = operations.find((other) => other.target === target && isLive(other.state));
  if (live) return live.fen === fen ? 'join' : 'busy';
  const same = operations.filter((other) => other.target === target && other.fen === fen);
  const latest = same.findLast(({ state }) => state === 'succeeded');
  const denied = same.filter(({ state, settledAt }) => state === 'denied' && now - settledAt < 10 * MINUTE_MS);
  const second = same.findLast((other) => other.againAfter === againAfter && counts(other.state));
  if (againAfter !== undefined && second?.state === 'succeeded' && now - second.settledAt < DAY_MS) return 'done';
  if (againAfter !== undefined && (latest?.id !== againAfter || second)) return 'not_again';
  if (againAfter === undefined && latest && now - latest.settledAt < DAY_MS) return 'done';
  return denied.length >= 3 ? 'denied_too_often' : 'created';
}

async function refusedUnless(allowed: boolean, work: Promise<unknown>): Promise<boolean> {
  if (allowed) await work;
  else await assert.rejects(work, RefusedError);
  return allowed;
}

/** After each command every window says what the model says. */
function agree(model: Model, { windows }: Real): void {
  for (const window of windows) {
    for (const { id, state } of model.operations) assert.equal(window.get(id)?.state, state);
    const counted = model.operations.filter((operation) => isOfToday(operation, model.now));
    for (const target of TARGETS) {
      const payeeToday = sum(counted.filter((other) => other.target === target));
      assert.deepEqual(window.spent(wanted().account, target), { today: sum(counted), payeeToday });
      assert.ok(payeeToday <= LIMITS.perPayee && sum(counted) <= LIMITS.perDay);
      const live = model.operations.filter((other) => other.target === target && isLive(other.state));
      assert.ok(live.length <= 1, 'at most one operation per target is between proposed and settled');
    }
    assert.equal(
      window.inDoubt(wanted().account).length,
      model.operations.filter(({ state }) => state === 'unknown').length,
    );
  }
}

function command(
  name: string,
  check: (model: Model) => boolean,
  act: (model: Model, real: Real) => Promise<void>,
): Command {
  return {
    check,
    run: async (model, real) => {
      await act(model, real);
      agree(model, real);
    },
    toString: () => name,
  };
}

function windowOf({ windows }: Real, side: number): Ledger {
  return windows[side] ?? assert.fail();
}

function set(model: Model, operation: Known, state: State): void {
  operation.state = state;
  if (!isLive(state)) operation.settledAt = model.now;
}

const side = fc.nat({ max: 1 });
const pick = fc.nat({ max: 2 });

const propose = fc
  .record({ side, target: fc.constantFrom(...TARGETS), fen: fc.constantFrom(...AMOUNTS), again: fc.boolean(), pick })
  .map(({ side: at, target, fen, again, pick: which }) =>
    command(
      `propose ${target} ${fen}${again ? ' again' : ''} in ${at}`,
      () => true,
      async (model, real) => {
        const againAfter = again ? pickOf(model, which)?.id : undefined;
        const expected = answerTo(model, target, fen, againAfter);
        const opened = await windowOf(real, at).propose(wanted({ target, fen, againAfter }));
        assert.equal(opened.kind, expected);
        if (opened.kind === 'join') {
          assert.equal(opened.operation.intent, intentOf(wanted({ target, fen })));
        }
        if (opened.kind !== 'created') return;
        const { id } = opened.operation;
        const made = { id, target, fen, againAfter, owner: at, isShown: false };
        model.operations.push({ ...made, state: 'proposed', spentDay: undefined, settledAt: 0 });
      },
    ),
  );

const describeIt = fc.record({ side, pick }).map(({ side: at, pick: which }) =>
  command(
    `describe ${which} in ${at}`,
    (model) => pickOf(model, which) !== undefined,
    async (model, real) => {
      const operation = pickOf(model, which) ?? assert.fail();
      const shown = { number: `R${operation.id}`, digest: 'd1', bizContent: '{}', facts: '{}' };
      const work = windowOf(real, at).describe(operation.id, shown);
      if (await refusedUnless(operation.state === 'proposed', work)) operation.isShown = true;
    },
  ),
);

const approveIt = fc.record({ side, pick, digest: fc.constantFrom('d1', 'd1', 'd1', 'd2') }).map((wish) =>
  command(
    `approve ${wish.pick} with ${wish.digest} in ${wish.side}`,
    (model) => pickOf(model, wish.pick) !== undefined,
    async (model, real) => {
      const operation = pickOf(model, wish.pick) ?? assert.fail();
      const isOfIt = operation.state === 'proposed' && operation.isShown && wish.digest === 'd1';
      const work = windowOf(real, wish.side).approve(operation.id, wish.digest, LIMITS);
      if (!(await refusedUnless(isOfIt && mayPay(model, operation), work))) return;
      set(model, operation, 'approved');
      operation.spentDay = dayOf(model.now);
    },
  ),
);

const redeemIt = fc.record({ side, pick, digest: fc.constantFrom('d1', 'd1', 'd1', 'd2') }).map((wish) =>
  command(
    `redeem ${wish.pick} with ${wish.digest} in ${wish.side}`,
    (model) => pickOf(model, wish.pick) !== undefined,
    async (model, real) => {
      const operation = pickOf(model, wish.pick) ?? assert.fail();
      const isOfIt = operation.state === 'approved' && wish.digest === 'd1';
      const work = windowOf(real, wish.side).redeem(operation.id, wish.digest, LIMITS, () => undefined);
      if (!(await refusedUnless(isOfIt && mayPay(model, operation), work))) return;
      set(model, operation, 'sending');
      operation.spentDay = dayOf(model.now);
    },
  ),
);

/** Any move that needs no digest: denials, expiries, answers, *Resolve by Hand*. */
const moveIt = fc
  .record({
    side,
    pick,
    to: fc.constantFrom(...STATES.filter((to) => !['approved', 'sending', 'proposed'].includes(to))),
  })
  .map((wish) =>
    command(
      `${wish.to} ${wish.pick} in ${wish.side}`,
      (model) => pickOf(model, wish.pick) !== undefined,
      async (model, real) => {
        const operation = pickOf(model, wish.pick) ?? assert.fail();
        const work = windowOf(real, wish.side).move(operation.id, wish.to);
        if (await refusedUnless(MAY[operation.state].includes(wish.to), work)) set(model, operation, wish.to);
      },
    ),
  );

/** Every move the design does not know, one after the other. */
const moveWrongly = fc.record({ side, pick }).map((wish) =>
  command(
    `move ${wish.pick} wrongly in ${wish.side}`,
    (model) => pickOf(model, wish.pick) !== undefined,
    async (model, real) => {
      const { id, state } = pickOf(model, wish.pick) ?? assert.fail();
      for (const to of STATES.filter((other) => !MAY[state].includes(other))) {
        await assert.rejects(windowOf(real, wish.side).move(id, to), RefusedError, `${state} → ${to}`);
      }
    },
  ),
);

const resendIt = fc.record({ side, pick }).map((wish) =>
  command(
    `resend ${wish.pick} in ${wish.side}`,
    (model) => pickOf(model, wish.pick) !== undefined,
    async (model, real) => {
      const operation = pickOf(model, wish.pick) ?? assert.fail();
      const isAllowed = operation.state === 'unknown' && operation.owner === wish.side;
      const work = windowOf(real, wish.side).resend(operation.id, 'd1', () => undefined);
      if (await refusedUnless(isAllowed, work)) operation.spentDay = dayOf(model.now);
    },
  ),
);

/** A window that dies leaves its rows; the next one to open settles them, and nobody owns what is in doubt. */
const crash = side.map((at) =>
  command(
    `crash ${at}`,
    () => true,
    async (model, real) => {
      windowOf(real, at).close();
      real.windows[at] = await openLedger(real.file, real.clock);
      for (const operation of model.operations.filter(({ owner }) => owner === at)) {
        operation.owner = -1;
        if (operation.state === 'sending') set(model, operation, 'unknown');
        else if (operation.state === 'proposed' || operation.state === 'approved') set(model, operation, 'expired');
      }
    },
  ),
);

const pass = fc.constantFrom(MINUTE_MS, 11 * MINUTE_MS, 25 * 60 * MINUTE_MS).map((ms) =>
  command(
    `${ms / MINUTE_MS} minutes pass`,
    () => true,
    async (model, real) => {
      await real.clock.advance(ms);
      model.now += ms;
    },
  ),
);

describe('G2, G6, G9, G11: the ledger and a plain model of it agree', () => {
  it('whatever two windows do, in any order, with crashes and time between', async () => {
    const steps = [propose, propose, describeIt, approveIt, redeemIt, moveIt, moveWrongly, resendIt, crash, pass];
    await fc.assert(
      fc.asyncProperty(
        fc.noBias(fc.commands([...steps, lifeOf, lifeOf], { maxCommands: 30, size: 'max' })),
        async (commands) => {
          const folder = ledgerFolder();
          const clock = new StillClock();
          const windows = [await openLedger(folder.file, clock), await openLedger(folder.file, clock)];
          try {
            const setup = { model: { operations: [], now: clock.now() }, real: { clock, file: folder.file, windows } };
            await fc.asyncModelRun(() => setup, commands);
            for (const window of windows) await window.verify();
          } finally {
            for (const window of windows) window.close();
            folder.remove();
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

/** The usual way of a payment as one step, so that few commands reach far states. */
const lifeOf = fc
  .record({
    side,
    target: fc.constantFrom(...TARGETS),
    fen: fc.constantFrom(...AMOUNTS),
    end: fc.constantFrom<State>('approved', 'sending', 'unknown', 'succeeded', 'denied', 'resolved_by_hand'),
  })
  .map((wish) =>
    command(
      `${wish.target} ${wish.fen} up to ${wish.end} in ${wish.side}`,
      (model) => answerTo(model, wish.target, wish.fen, undefined) === 'created',
      async (model, real) => {
        const ledger = windowOf(real, wish.side);
        const opened = await ledger.propose(wanted({ target: wish.target, fen: wish.fen }));
        assert.ok(opened.kind === 'created');
        const { id } = opened.operation;
        const known: Known = {
          id,
          target: wish.target,
          fen: wish.fen,
          againAfter: undefined,
          owner: wish.side,
          state: 'proposed',
          isShown: true,
          spentDay: undefined,
          settledAt: 0,
        };
        model.operations.push(known);
        await ledger.describe(id, { number: `R${id}`, digest: 'd1', bizContent: '{}', facts: '{}' });
        if (wish.end !== 'denied') {
          if (!(await refusedUnless(mayPay(model, known), ledger.approve(id, 'd1', LIMITS)))) return;
          known.spentDay = dayOf(model.now);
          known.state = 'approved';
          if (wish.end === 'approved') return;
          await ledger.redeem(id, 'd1', LIMITS, () => undefined);
          known.state = 'sending';
          if (wish.end === 'sending') return;
          if (wish.end === 'resolved_by_hand') await ledger.move(id, 'unknown');
        }
        await ledger.move(id, wish.end);
        set(model, known, wish.end);
      },
    ),
  );
