/** A program with children of its own, all of which end together. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const GRACE_MS = 5000;
const LOOK_AGAIN_MS = 50;

/**
 * Starts a program in a process group of its own, so that a Ctrl+C in the terminal reaches only whoever ends it in order.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, log: string, ready: RegExp }} options
 *   log: the file its words go to, made anew; ready: found in its stdout once it can be used
 * @returns {Promise<{ ready: RegExpExecArray, ended: Promise<void>, stop(): Promise<void> }>} rejects with its own words
 *   when it ends before it is ready
 */
export async function startGroup(command, args, { cwd, env, log, ready }) {
  const detached = process.platform !== 'win32';
  const child = spawn(command, args, { cwd, env, detached, stdio: ['ignore', 'pipe', 'pipe'] });
  const file = createWriteStream(log, { mode: 0o600 });
  for (const stream of [child.stdout, child.stderr]) stream.pipe(file, { end: false });
  const ended = once(child, 'close').then(
    () => void file.end(),
    () => {},
  );
  const killNow = () => signalGroup(child, 'SIGKILL');
  process.once('exit', killNow);
  const stop = async () => {
    await stopGroup(child, ended);
    process.removeListener('exit', killNow);
  };
  try {
    return { ready: await untilReady(child, ready), ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function untilReady(child, ready) {
  return new Promise((done, fail) => {
    let words = '';
    child.stderr.on('data', (chunk) => (words += chunk));
    child.stdout.on('data', (chunk) => {
      words += chunk;
      const found = ready.exec(words);
      if (found) done(found);
    });
    child.once('error', fail);
    child.once('close', (code) => fail(new Error(`it ended with ${code}:\n${words.trim()}`)));
  });
}

async function stopGroup(child, ended) {
  if (child.pid === undefined) return;
  signalGroup(child, 'SIGTERM');
  for (const end = Date.now() + GRACE_MS; Date.now() < end && signalGroup(child, 0);) await delay(LOOK_AGAIN_MS);
  signalGroup(child, 'SIGKILL');
  await ended;
}

/** Whether anybody was there to get the signal; 0 only asks. */
function signalGroup({ pid, exitCode, signalCode }, signal) {
  if (process.platform === 'win32') {
    if (signal !== 0) spawnSync('taskkill', ['/pid', String(pid), '/T', '/F']);
    return exitCode === null && signalCode === null;
  }
  try {
    return process.kill(-pid, signal);
  } catch (error) {
    if (error.code === 'ESRCH' || error.code === 'EPERM') return false;
    throw error;
  }
}
