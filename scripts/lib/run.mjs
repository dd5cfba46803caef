import { spawn } from 'node:child_process';
import { ROOT, environment } from './node24.mjs';

/**
 * Runs a program of this project (a path below the root, or node's own flags first) under the Node that runs us.
 * @returns {Promise<{code: number, output: string, timedOut: boolean}>} output is empty when the streams are inherited.
 */
export function runNode(args, { inherit = false, env = {}, limitMs, signal } = {}) {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      env: environment(env),
      signal,
      stdio: inherit ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let timedOut = false;
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    const timer =
      limitMs &&
      setTimeout(() => {
        timedOut = true;
        child.kill('SIGKILL');
      }, limitMs);
    child.on('error', (error) => (output += error.message));
    child.on('close', (code) => {
      clearTimeout(timer);
      done({ code: code ?? 1, output, timedOut });
    });
  });
}
