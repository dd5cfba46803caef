import assert from 'node:assert/strict';
import { mutate } from '../mutation/mutants.ts';

describe('the mutants', () => {
  const found = (source: string): string[] =>
    mutate('a.ts', source, 0).mutants.map(({ from, to }) => `${from} → ${to}`);

  it('break comparisons, conditions, calls and results', () => {
    assert.deepEqual(found('export const f = (a: number): boolean => a >= 2;'), [
      '(a: number): boolean => a >= 2 → () => undefined',
      'a >= 2 → (a) > (2)',
      'a >= 2 → (a) < (2)',
    ]);
    assert.deepEqual(found('if (ok) stop();'), ['ok → true', 'ok → false', 'stop(); → ;']);
  });

  it('leave types, imports and the keys of sentences alone', () => {
    assert.deepEqual(found(`import 'a'; type T = 'b' | true; const s: T = say('c') as T;`), []);
  });

  it('stand in one text, each off unless it is on', () => {
    const { text } = mutate('a.ts', 'x = a && !b;', 7);
    assert.match(text, /mutation\.on\(7\)/);
    assert.match(text, /mutation\.on\(9\)/);
  });
});
