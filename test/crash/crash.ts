/**
 * `npm run crash`: kills a process with a guarded call on its way before and after each call of each port – ledger,
 * transport, vault, clock, the person – and at random moments, starts anew, and looks whether money, ledger and promises
 * hold. Prints a table; its exit code is 1 where something does not.
 */
import { CrashSite } from './site.ts';
import { everything, killAll } from './points.ts';
import { CAVEAT, pointOf, tableOf } from './table.ts';

/** Of each method. */
const MOMENTS = 15;
const LEAST_KILLS = 200;
const LEAST_POINTS = 12;
const PROGRESS = 50;

const site = await CrashSite.open();
const kills = await everything(site, MOMENTS);
let done = 0;
const verdicts = await killAll(site, kills, (verdict) => {
  done += 1;
  if (done % PROGRESS === 0) console.error(`${done} of ${kills.length}`);
  for (const { promise, says } of verdict.wrong)
    console.error(`${promise}, ${verdict.way.method} ${pointOf(verdict)}: ${says}`);
});
const balance = await site.wrongBalance();
await site.close();

const killed = verdicts.filter((verdict) => verdict.killed);
const missed = verdicts.length - killed.length;
const wrong = verdicts.filter((verdict) => verdict.wrong.length > 0).length;
const points = new Set(killed.map(pointOf)).size;
console.log(`${CAVEAT}\n\n${tableOf(killed)}\n`);
console.log(
  `${killed.length} kills at ${points} points, ${wrong} wrong; ${missed} got through before their point came.`,
);
for (const sentence of balance) console.log(sentence);
process.exit(wrong > 0 || balance.length > 0 || killed.length < LEAST_KILLS || points < LEAST_POINTS ? 1 : 0);
