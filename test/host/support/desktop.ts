import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { resolveCliArgsFromVSCodeExecutablePath, runTests, TestRunFailedError } from '@vscode/test-electron';
import { artifactsDir } from '../../support/artifacts.ts';

export interface DesktopRun {
  readonly exitCode: number;
  readonly log: string;
}

/**
 * Runs a bundled suite in the extension host of desktop VS Code, over folders of its own, with the .vsix files installed.
 *
 * @param executable VS Code's own program, not the `code` script
 * @throws Error with VS Code's words when an extension cannot be installed
 */
export async function runOnDesktop(
  executable: string,
  suite: { name: string; entry: string; helper: string; extensions: readonly string[] },
): Promise<DesktopRun> {
  const folder = artifactsDir(join('host', suite.name, 'desktop'));
  rmSync(folder, { recursive: true, force: true });
  const [user, extensions, workspace] = ['user', 'extensions', 'workspace'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(workspace, { recursive: true });
  const own = [`--user-data-dir=${user}`, `--extensions-dir=${extensions}`];
  const [cli = executable, ...fixed] = resolveCliArgsFromVSCodeExecutablePath(executable, {
    reuseMachineInstall: true,
  });
  for (const vsix of suite.extensions) {
    const { status, error, stdout, stderr } = spawnSync(
      cli,
      [...fixed, ...own, '--install-extension', vsix, '--force'],
      {
        encoding: 'utf8',
        shell: process.platform === 'win32',
      },
    );
    if (status !== 0) throw new Error(`${vsix} cannot be installed: ${error?.message ?? ''}${stdout}${stderr}`);
  }
  try {
    const launchArgs = [workspace, ...own, '--disable-workspace-trust', '--disable-telemetry', '--skip-welcome'];
    const exitCode = await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: suite.helper,
      extensionTestsPath: suite.entry,
      launchArgs,
    });
    return { exitCode, log: '' };
  } catch (error) {
    if (!(error instanceof TestRunFailedError)) throw error;
    return { exitCode: error.code ?? 1, log: error.message };
  }
}
