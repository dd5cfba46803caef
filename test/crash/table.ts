import type { Verdict } from './site.ts';

/** Where it was killed, in words; the same for the nth call as for the first. */
export function pointOf({ way, when }: Verdict): string {
  if (typeof when === 'number') return 'at a random moment';
  const after = way.loss ? `, ${way.loss} lost` : way.restart ? `, restart after a kill ${way.restart} sending` : '';
  const call = when.call.startsWith('transport.')
    ? when.call.replace(/^transport\..*/, (name) => nameOf(name))
    : when.call;
  return `${when.when} ${call}${after}`;
}

/** The sendings of the three methods stand in one line, and so do their queries. */
function nameOf(transport: string): string {
  return transport.endsWith('query') ? 'transport (query)' : 'transport (sending)';
}

/** One line for each point: how often, what the kill left, what the next start made of it, and whether money had moved. */
export function tableOf(verdicts: readonly Verdict[]): string {
  const byPoint = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const point = pointOf(verdict);
    byPoint.set(point, [...(byPoint.get(point) ?? []), verdict]);
  }
  const rows = [...byPoint].map(([point, some]) => [
    point,
    String(some.length),
    counted(some.map(({ left }) => left)),
    counted(some.map(({ found }) => found)),
    String(some.filter(({ moved }) => moved === 1).length),
    String(some.filter(({ moved }) => moved === 0).length),
    String(some.filter(({ movedInTheEnd }) => movedInTheEnd === 1).length),
    String(some.filter(({ wrong }) => wrong.length > 0).length),
  ]);
  const head = [
    'killed',
    'kills',
    'left by the kill',
    'after the next start',
    'moved',
    'unmoved',
    'once in the end',
    'wrong',
  ];
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function counted(states: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const state of states) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].map(([state, count]) => (counts.size === 1 ? state : `${state} ${count}`)).join(', ');
}

/** What a kill cannot show, and what does. */
export const CAVEAT =
  'SIGKILL does not test fsync: what a process has given to the kernel outlives it, and only a power cut would not. That each ' +
  'commit is on the disk rests on WAL with synchronous=FULL (and fullfsync), read back from the connection that writes by ' +
  'test/unit/ledger/migrations.test.ts: "G6: is durable on the very connection that writes".';
