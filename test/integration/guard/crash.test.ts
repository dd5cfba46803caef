import assert from 'node:assert/strict';
import { killAll, sample } from '../../crash/points.ts';
import { CrashSite, type Verdict, type Wrong } from '../../crash/site.ts';
import { pointOf, tableOf } from '../../crash/table.ts';

/** `npm run crash` makes some hundreds of these; SIGKILL does not test fsync: for that the pragmas are read back elsewhere. */
describe('24 kills of a process with a guarded call on its way', () => {
  let verdicts: Verdict[];
  let balance: string[];

  before(async function () {
    this.timeout(300_000);
    const site = await CrashSite.open();
    try {
      verdicts = await killAll(site, await sample(site));
      balance = await site.wrongBalance();
    } finally {
      await site.close();
    }
  });

  const assertNone = (promise: Wrong['promise']): void => {
    const broken = verdicts.flatMap((verdict) =>
      verdict.wrong
        .filter((wrong) => wrong.promise === promise)
        .map(({ says }) => `${verdict.way.method} ${pointOf(verdict)}: ${says}`),
    );
    assert.deepEqual(broken, [], tableOf(verdicts));
  };
  const leftAs = (state: string): Verdict[] => verdicts.filter(({ left }) => left === state);

  it('were kills, at twelve points and more, and moved no fen that is not in the books', () => {
    assert.equal(verdicts.length, 24);
    assert.deepEqual(verdicts.filter(({ killed }) => !killed).map(pointOf), []);
    assert.ok(new Set(verdicts.map(pointOf)).size >= 12);
    assert.deepEqual(balance, []);
  });

  it('G2: no operation moves money twice, and none that was not redeemed moves any', () => assertNone('G2'));

  it('G2: an approval does not outlive a kill between the click and the redemption', () => {
    const approved = leftAs('approved');
    assert.ok(approved.length >= 2, tableOf(verdicts));
    for (const { found, moved, wrong } of approved)
      assert.deepEqual({ found, moved, wrong }, { found: 'expired', moved: 0, wrong: [] });
  });

  it('G3: what a kill left unredeemed is expired', () => {
    assert.ok(leftAs('proposed').length >= 2, tableOf(verdicts));
    assertNone('G3');
  });

  it('G6: what a kill left sending is settled by the next start as the sandbox has it, and nothing stays in doubt', () => {
    const sending = leftAs('sending');
    assert.ok(sending.some(({ moved }) => moved === 1) && sending.some(({ moved }) => moved === 0), tableOf(verdicts));
    assertNone('G6');
  });

  it('G7: the start after a kill only asks', () => assertNone('G7'));

  it('G8: a head that a kill left behind is not taken for tampering, and no event is lost', () => assertNone('G8'));

  it('G11: the client that calls again after a kill moves no money twice', () => assertNone('G11'));
});
