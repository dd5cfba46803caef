import type { Line, Marked, Row } from './protocol.ts';

/** Marks a sentence that reads otherwise than before. */
export function markLine<L extends Line>(line: L, before: Line | undefined): L {
  return before === undefined || before.text === line.text ? line : { ...line, was: before.text };
}

/** Marks the rows that read otherwise than before, or were not there (G12). */
export function markRows<R extends Row>(rows: readonly R[], before: readonly Row[] | undefined): R[] {
  if (!before) return [...rows];
  return rows.map((row) => {
    const was = before.find(({ label }) => label === row.label);
    return was ? markLine(row, was) : { ...row, isNew: true };
  });
}

/** Marks the sentences that were not there before. */
export function markLines<L extends Line>(lines: readonly L[], before: readonly Line[] | undefined): L[] {
  if (!before) return [...lines];
  return lines.map((line) => (before.some(({ text }) => text === line.text) ? line : { ...line, isNew: true }));
}

/** Cuts two texts so that what they do not share at their beginning and end is marked. */
export function markDifference(one: string, other: string): readonly [Marked, Marked] {
  const [a, b] = [Array.from(one), Array.from(other)];
  const most = Math.min(a.length, b.length);
  let head = 0;
  while (head < most && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < most - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  return [cut(a, head, tail), cut(b, head, tail)];
}

function cut(letters: readonly string[], head: number, tail: number): Marked {
  const end = letters.length - tail;
  const pieces = [
    { text: letters.slice(0, head).join(''), marked: false },
    { text: letters.slice(head, end).join(''), marked: true },
    { text: letters.slice(end).join(''), marked: false },
  ];
  return pieces.filter(({ text }) => text !== '');
}
