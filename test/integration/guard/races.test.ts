import assert from 'node:assert/strict';
import { mostCounted, race, type Race } from '../../crash/race.ts';

const PROCESSES = 8;
const CALLS = 1_000;
const FEN = 100;
const INTENTS = 48;
/** Room for most of them. */
const PER_DAY = 40 * FEN;

describe('1,000 guarded calls of 8 processes on one ledger', () => {
  let over: Race;

  before(async function () {
    this.timeout(600_000);
    over = await race({ processes: PROCESSES, calls: CALLS, intents: INTENTS, fen: FEN, perDay: PER_DAY });
  });

  const answered = (status: string): number =>
    over.intents.flatMap(({ answers }) => answers).filter((answer) => answer.status === status).length;

  it('G2, G11: of identical calls one moves money, and the others are told of its operation', () => {
    assert.equal(over.intents.flatMap(({ answers }) => answers).length, CALLS);
    const done = over.trail.filter(({ event }) => event === 'succeeded').map(({ operation }) => operation);
    const told = over.intents.flatMap(({ moved, answers }) => {
      const ids = new Set(answers.flatMap(({ operationId }) => operationId ?? []));
      const isLeft = answers.some(({ status }) => status === 'left');
      assert.ok(moved === 0 || moved === 1, `money moved ${moved} times`);
      assert.ok(ids.size === moved || isLeft, `it moved ${moved} times, and ${ids.size} operations are known`);
      return [...ids];
    });
    assert.equal(done.length, over.intents.filter(({ moved }) => moved === 1).length, 'the ledger says the same');
    assert.deepEqual(
      told.filter((operation) => !done.includes(operation)),
      [],
    );
    assert.ok(answered('already_done') > answered('succeeded'), 'identical calls met');
    assert.deepEqual(over.balance, []);
  });

  it('G8: what eight processes write at once is one chain, and no event of it is lost', () => {
    assert.equal(over.events, over.trail.length);
    for (const [index, { seq }] of over.trail.entries()) assert.equal(seq, index + 1);
    const writes = { shown: 'describe', approved: 'approve', sending: 'redeem', succeeded: 'move(succeeded)' };
    for (const [event, call] of Object.entries(writes)) {
      const count = over.trail.filter((entry) => entry.event === event).length;
      assert.equal(count, over.returned[`ledger.${call}`], event);
    }
  });

  it('G9: the limit of a day holds at every moment, and nobody is refused before it is reached', () => {
    const days = mostCounted(over.trail);
    for (const most of days) assert.ok(most <= PER_DAY, `${most} fen counted at once`);
    if (days.length > 1) return; // midnight came in between
    assert.ok(answered('limit') > 0);
    assert.deepEqual(days, [PER_DAY]);
  });
});
