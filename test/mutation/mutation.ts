/**
 * `npm run mutation`: breaks src/guard and src/ledger in one place at a time and runs the room's own tests that reach the
 * place. Ended halfway it goes on where it was. Writes test/mutation/report.json; why each survivor may live is in
 * survivors.json. `npm run mutation -- guard` runs one room, and keeps what the report says of the other; `--fresh`
 * believes no run before.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Judgement } from './judgement.ts';
import { ROOMS, ROOT, type Room } from './rooms.ts';
import { scoreOf, survivorsLeft, type Report } from './report.ts';

const REPORT = join(ROOT, 'test/mutation/report.json');

/** Thousands of ledgers that wait for a disk are most of the time; in memory, where there is such a folder, none does. */
const MEMORY = '/dev/shm';
const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'mutation-'));
process.env['TMPDIR'] = folder;
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

const asked = process.argv.slice(2).filter((name): name is Room => (ROOMS as readonly string[]).includes(name));
for (const room of asked.length > 0 ? asked : ROOMS) {
  const judgement = new Judgement(room, process.argv.includes('--fresh'));
  await judgement.run();
  const made = judgement.report();
  const before = existsSync(REPORT) ? (JSON.parse(readFileSync(REPORT, 'utf8')) as Report) : {};
  const report: Report = { ...before, [room]: made };
  writeFileSync(REPORT, `${JSON.stringify(report, null, 2)}\n`);
  console.table(made.files);
  console.log(`${room}: ${(100 * scoreOf(made)).toFixed(1)} % found`);
  for (const key of survivorsLeft({ [room]: made })) console.log(`not explained: ${key}`);
}
