import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DIGEST, FRONT, LIFE, start } from '../../support/approval-session.ts';

/** What can happen to a request, with a choice among right and wrong. */
const happenings = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('pass' as const),
      ms: fc.constantFrom(1, 500, 500, 999, 1_000, 1_000, 2_000, 2_000, 9_999, 10_000, 30_000, 100_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('show' as const) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constant('beat' as const),
      token: fc.constantFrom('now' as const, 'old' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('visible' as const), visible: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('hidden' as const) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('tick' as const) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constant('approve' as const),
      token: fc.constantFrom('now' as const, 'now' as const, 'now' as const, 'old' as const, 'none' as const),
      digest: fc.constantFrom(DIGEST, DIGEST, DIGEST, 'e'.repeat(64)),
      typedAmount: fc.constantFrom('15.50', '15.50', '15.5', undefined),
      place: fc.constantFrom(FRONT, FRONT, FRONT, { visible: true, active: false }, { visible: false, active: false }),
    }),
  },
);

/** How most requests begin; without it, few random histories would come to an approval. */
const drawn = [
  { what: 'show' as const },
  { what: 'beat' as const, token: 'now' as const },
  { what: 'pass' as const, ms: 1_000 },
];
const stories = fc
  .tuple(fc.constantFrom([], drawn, drawn), fc.array(happenings, { maxLength: 40 }))
  .map(([opening, rest]) => [...opening, ...rest]);

/** The rules once more, told from the history of what happened instead of kept state. */
interface Past {
  readonly at: number;
  readonly what: 'show' | 'beat' | 'away' | 'back';
}

function judged(history: readonly Past[], now: number): 'alive' | 'live' | 'dead' {
  const turn = history.findLastIndex(({ what }) => what !== 'beat');
  const last = history[turn];
  if (last?.what === 'away') return 'alive';
  const beats = history.slice(turn + 1);
  const first = beats[0];
  if (!first) return now - (last?.at ?? 0) >= 30_000 ? 'dead' : 'alive';
  if (now - (beats.at(-1)?.at ?? 0) >= 10_000) return 'dead';
  return last?.what === 'show' && now - first.at >= 1_000 ? 'live' : 'alive';
}

describe('a request before a person, whatever happens', () => {
  for (const typed of [undefined, '15.50']) {
    it(`G5: is approved when all its rules hold, and only then (${typed === undefined ? 'sandbox' : 'production'})`, () => {
      let approvals = 0;
      fc.assert(
        fc.property(stories, (all) => {
          const { clock, session, pass } = start(typed);
          const history: Past[] = [];
          const tokens: string[] = [];
          let over = false;
          for (const each of all) {
            const before = judged(history, clock.mono);
            const expired = clock.mono >= LIFE;
            const note = (what: Past['what']): number => history.push({ at: clock.mono, what });
            const tokenOf = (which: 'now' | 'old' | 'none'): string =>
              tokens.at(which === 'now' ? -1 : -2) ?? 'never given';
            let decides = false;
            switch (each.what) {
              case 'pass':
                pass(each.ms);
                continue;
              case 'show':
                tokens.push(session.show());
                note('show');
                continue;
              case 'visible':
                session.setVisible(each.visible);
                note(each.visible ? 'back' : 'away');
                continue;
              case 'tick':
                session.tick();
                break;
              case 'hidden':
                session.receive({ type: 'hidden' }, FRONT);
                break;
              case 'beat':
                session.receive({ type: 'heartbeat', token: tokenOf(each.token) }, FRONT);
                break;
              case 'approve': {
                const { token: which, digest, typedAmount, place } = each;
                const token = which === 'none' ? '' : tokenOf(which);
                const said = typedAmount === undefined ? {} : { typedAmount };
                session.receive({ type: 'approve', token, digest, ...said }, place);
                const right = which === 'now' && digest === DIGEST && place === FRONT;
                decides = right && before === 'live' && (typed === undefined || typedAmount === typed);
                break;
              }
            }
            if (over) continue;
            if (expired || before === 'dead') {
              over = true;
              assert.equal(session.decision?.verdict, expired ? 'expired' : 'denied');
              continue;
            }
            if (decides) {
              over = true;
              approvals += 1;
            }
            assert.equal(session.decision?.verdict, decides ? 'approved' : undefined, each.what);
            const showing = history.findLast(({ what }) => what !== 'beat')?.what === 'show';
            if (each.what === 'beat' && each.token === 'now' && showing) note('beat');
            if (each.what === 'hidden') note('away');
          }
        }),
        { numRuns: 2_000 },
      );
      assert.ok(approvals > 50, `only ${approvals} approvals were reached`);
    });
  }
});
