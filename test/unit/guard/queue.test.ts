import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ApprovalQueue } from '../../../src/guard/queue.ts';

describe('the approval queue', () => {
  const never = (): AbortSignal => new AbortController().signal;

  it('lets one in at a time, in the order they came', async () => {
    const queue = new ApprovalQueue();
    const order: number[] = [];
    let inside = 0;
    await Promise.all(
      [1, 2, 3, 4].map(async (which) => {
        const leave = await queue.enter('client', never());
        inside += 1;
        assert.equal(inside, 1);
        await Promise.resolve();
        order.push(which);
        inside -= 1;
        leave();
        leave(); // a second time does nothing
      }),
    );
    assert.deepEqual(order, [1, 2, 3, 4]);
    assert.equal(queue.length, 0);
  });

  it('refuses the sixth waiting request of one client, and no other’s', async () => {
    const queue = new ApprovalQueue();
    await queue.enter('a', never());
    const waiting = Array.from({ length: 5 }, () => queue.enter('a', never()));
    await assert.rejects(queue.enter('a', never()), /wait for a person/);
    void queue.enter('b', never());
    assert.equal(queue.length, 6);
    assert.equal(waiting.length, 5);
  });

  it('forgets who gives up waiting, whatever the order of coming, leaving and giving up', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }), async (givesUp) => {
        const queue = new ApprovalQueue();
        const leave = await queue.enter('first', never());
        const stops = givesUp.map(() => new AbortController());
        const turns = stops.map(({ signal }, index) => queue.enter(`client ${index}`, signal));
        for (const [index, gone] of givesUp.entries()) if (gone) stops[index]?.abort(new Error('gone'));
        leave();
        for (const [index, turn] of turns.entries()) {
          if (givesUp[index]) await assert.rejects(turn, /gone/);
          else (await turn)();
        }
        assert.equal(queue.length, 0);
        (await queue.enter('last', never()))();
      }),
    );
  });

  it('does not let in who has given up already', async () => {
    const queue = new ApprovalQueue();
    await assert.rejects(queue.enter('a', AbortSignal.abort(new Error('gone'))), /gone/);
    (await queue.enter('b', never()))();
  });
});
