/** What `npm start` does once the machine is ready; runs on the pinned Node. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { InputError, ProductError, SetupError } from '../../src/alipay/errors.ts';
import { asksForHelp, wordsOf } from '../../src/cli/arguments.ts';
import { localeOf } from '../../src/cli/locale.ts';
import { render, say, t } from '../../src/text/index.ts';
import { SoleOwner } from '../../src/vscode/sole-owner.ts';
import { whenOrphaned } from '../lib/orphan.mjs';
import { runNode } from '../lib/run.mjs';
import { openDesktop } from './desktop.mjs';
import { openFront } from './front.mjs';
import { packExtension, startSandbox, startVscodeServer } from './programs.mjs';
import { openStartFolder } from './start-folder.mjs';
import { readStartOptions } from './start-options.mjs';
import { prompts, writeWelcome } from './workspace.mjs';

const EXIT_FAILED = 1;
const EXIT_BAD_INPUT = 2;

const locale = localeOf(process.env);
const machine = { platform: process.platform, env: process.env, uid: process.getuid?.() };

/** @returns {Promise<number>} the exit code: 0 also when a signal asked it to end, 1 or 2 after a sentence on stderr */
export async function start(args) {
  const end = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end.abort());
  whenOrphaned(() => end.abort());
  process.stdout.on('error', () => end.abort()); // the terminal is gone
  try {
    if (asksForHelp(args)) {
      console.log(t(locale, 'start.usage'));
      return 0;
    }
    const options = readStartOptions(args);
    if (options.tour) return await tour(end.signal);
    await openEverything(options, end.signal);
    return 0;
  } catch (error) {
    if (end.signal.aborted) return 0;
    if (!(error instanceof ProductError)) throw error;
    console.error(wordsOf(error, locale));
    return error instanceof InputError ? EXIT_BAD_INPUT : EXIT_FAILED;
  }
}

async function tour(signal) {
  const built = await runNode(['esbuild.mjs'], { inherit: true, signal });
  if (built.code !== 0) return built.code;
  return (await runNode(['--disable-warning=ExperimentalWarning', 'dist/tour.js'], { inherit: true, signal })).code;
}

/** Returns when `signal` says so; throws when a part fails. Either way everything has ended then. */
async function openEverything({ port, data, browser }, signal) {
  await using parts = new AsyncDisposableStack();
  const folder = openFolder(data, parts);
  if (port) await refuseTaken(port);
  console.log(t(locale, 'start.building'));
  const vsix = await packExtension(signal);
  console.log(t(locale, 'start.starting'));
  const workspace = folder.folder('alipay-demo');
  writeWelcome(workspace, locale);
  const sandbox = await startSandbox(folder.folder('sandbox'), locale);
  parts.defer(() => sandbox.stop());
  const running = [sandbox.ended];
  const noDesktop = browser ? undefined : await openDesktop(folder, { vsix, workspace, signal }, machine);
  const isDesktop = !browser && !noDesktop;
  if (isDesktop) console.log(`\n${t(locale, 'start.desktop_ready')}`);
  else {
    if (noDesktop) console.log(t(locale, 'start.no_desktop', { why: render(locale, noDesktop) }));
    const server = await startVscodeServer(folder, { vsix, workspace, locale, signal });
    parts.defer(() => server.stop());
    running.push(server.ended);
    const front = await openFrontAt(port, folder, server.port);
    parts.defer(() => front.close());
    const url = `http://127.0.0.1:${front.port}/?tkn=${folder.token}`;
    console.log(`\n${t(locale, 'start.browser_ready', { url })}`);
  }
  sayTheRest(folder, sandbox.address, isDesktop);
  await Promise.race([aborted(signal), ...running]);
  console.log(t(locale, 'start.ending'));
}

function sayTheRest({ path }, { gateway, appId, appPrivateKeyFile, admin, adminToken }, isDesktop) {
  const keys = join(appPrivateKeyFile, '..');
  console.log(t(locale, 'start.try', prompts(locale)));
  console.log(t(locale, 'start.sandbox', { gateway, appId, keys, admin, adminToken }));
  console.log(t(locale, isDesktop ? 'start.end_desktop' : 'start.end', { folder: path }));
}

function openFolder(path, parts) {
  try {
    const folder = openStartFolder(path);
    const owner = new SoleOwner(join(path, 'owner.sqlite'));
    if (!owner.take()) throw new SetupError(say('start.already', { folder: path }));
    parts.defer(() => owner.release());
    return folder;
  } catch (error) {
    if (error instanceof ProductError) throw error;
    throw new SetupError(say('start.folder_unusable', { folder: path, words: error.message }));
  }
}

/** Says so before half a minute of building, not after it. */
async function refuseTaken(port) {
  const probe = createServer().listen(port, '127.0.0.1');
  try {
    await once(probe, 'listening');
  } catch {
    throw new SetupError(say('start.port_taken', { port }));
  } finally {
    probe.close();
  }
}

/** The port that was asked for, else the last one, else a free one. */
async function openFrontAt(asked, folder, target) {
  const { token, key, port: last } = folder;
  const open = (port) => openFront({ port, target, token, key, words: t(locale, 'start.no_token') });
  try {
    const front = await open(asked ?? last);
    folder.rememberPort(front.port);
    return front;
  } catch (error) {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
    if (asked !== undefined) throw new SetupError(say('start.port_taken', { port: asked }));
    console.log(t(locale, 'start.port_moved', { port: last }));
    const front = await open(0);
    folder.rememberPort(front.port);
    return front;
  }
}

function aborted(signal) {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', () => done(), { once: true });
  });
}
