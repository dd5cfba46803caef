import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDesktop } from '../../scripts/host/desktop.mjs';

describe('opening desktop VS Code', () => {
  let place: string;
  let env: NodeJS.ProcessEnv;

  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'desktop-'));
    env = { ...process.env, DISPLAY: ':9', VSCODE_PID: '1', npm_lifecycle_event: 'start' };
    delete env['VSCODE_IPC_HOOK_CLI'];
    env['PATH'] = join(place, 'bin');
  });
  afterEach(() => rmSync(place, { recursive: true }));

  /** Puts a `code` of a version on the PATH that writes down how it was called. */
  function install(version: string, more = ''): void {
    mkdirSync(join(place, 'bin'));
    const file = join(place, 'bin/code');
    const lines = [
      '#!/bin/sh',
      `if [ "$1" = --version ]; then echo '${version}'; echo 0123abc; echo x64; exit; fi`,
      `echo "$* pid=$VSCODE_PID npm=$npm_lifecycle_event" >> '${place}/calls'`,
      more,
    ];
    writeFileSync(file, `${lines.join('\n')}\n`);
    chmodSync(file, 0o755);
  }

  const folder = {
    folder: (name: string): string => {
      mkdirSync(join(place, name), { recursive: true });
      return join(place, name);
    },
  };
  const what = { vsix: '/a/b.vsix', workspace: '/a/demo', signal: new AbortController().signal };
  const open = async (uid = 1000) => (await openDesktop(folder, what, { platform: 'linux', env, uid }))?.key;

  it('installs the extension over data of its own, then opens the folder', async () => {
    install('1.139.1');
    assert.equal(await open(), undefined);
    const own = `--user-data-dir ${place}/desktop --extensions-dir ${place}/desktop-extensions`;
    assert.deepEqual(readFileSync(join(place, 'calls'), 'utf8').trim().split('\n'), [
      `${own} --install-extension /a/b.vsix --force pid= npm=`,
      `${own} --disable-workspace-trust --disable-telemetry --new-window /a/demo pid= npm=`,
    ]);
    const settings = JSON.parse(readFileSync(join(place, 'desktop/User/settings.json'), 'utf8'));
    assert.equal(settings['telemetry.telemetryLevel'], 'off');
  });

  it('leaves settings alone that somebody has changed since', async () => {
    install('1.139.1');
    await open();
    writeFileSync(join(place, 'desktop/User/settings.json'), '{}');
    await open();
    assert.equal(readFileSync(join(place, 'desktop/User/settings.json'), 'utf8'), '{}');
  });

  it('says why there is none to open, and calls nothing then', async () => {
    assert.equal(await open(), 'start.desktop.none');
    install('1.119.3');
    assert.equal(await open(), 'start.desktop.old');
    rmSync(join(place, 'bin'), { recursive: true });
    install('1.139.1');
    assert.equal(await open(0), 'start.desktop.root');
    assert.equal(await openInRemoteTerminal(), 'start.desktop.remote');
    delete env['DISPLAY'];
    delete env['WAYLAND_DISPLAY'];
    assert.equal(await open(), 'start.desktop.no_display');
    assert.ok(!existsSync(join(place, 'calls')));
  });

  it('says what “code” said when it fails', async () => {
    install('1.139.1', 'echo no room >&2; exit 1');
    const problem = await openDesktop(folder, what, { platform: 'linux', env, uid: 1000 });
    assert.deepEqual(problem, { key: 'start.desktop.failed', args: { words: 'no room' } });
  });

  async function openInRemoteTerminal() {
    const remote = { ...env, VSCODE_IPC_HOOK_CLI: '/run/x.sock' };
    return (await openDesktop(folder, what, { platform: 'linux', env: remote, uid: 1000 }))?.key;
  }
});
