import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };

const SRC = resolve(import.meta.dirname, '../../src');
/** Roots outside the editor: their environment names a language, a folder and the sandbox's token, and no root approves. */
const READS_ENVIRONMENT = ['cli/bill.ts', 'cli/sandbox.ts', 'cli/signing-threads.ts', 'cli/tour.ts', 'stdio.ts'];

/** The files of src/ with something in them that a pattern finds. */
function filesWith(pattern: RegExp): string[] {
  const files = globSync('**/*.ts', { cwd: SRC }).map((file) => file.replaceAll('\\', '/'));
  return files.filter((file) => pattern.test(readFileSync(join(SRC, file), 'utf8'))).toSorted();
}

describe('the doors that do not approve', () => {
  it('G5: no URI reaches the extension: it handles none, and none wakes it', () => {
    assert.deepEqual(filesWith(/UriHandler|handleUri/), []);
    const woken = (packageJson.activationEvents as readonly string[]).filter((event) => /uri|fileSystem/i.test(event));
    assert.deepEqual(woken, []);
  });

  it('G5: no environment variable reaches the editor, the guard or an approval', () => {
    assert.deepEqual(filesWith(/\bprocess\s*\.\s*env\b|\benv\s*[,}][^;]*=\s*process\b/), READS_ENVIRONMENT);
    assert.deepEqual(filesWith(/from '(?:node:)?process'/), []);
  });

  it('G5: an approval is worded in few places: each decides from a person’s answer alone', () => {
    assert.deepEqual(filesWith(/verdict: 'approved'/), [
      'guard/approver.ts',
      'mcp/elicitation.ts',
      'vscode/approval/session.ts',
    ]);
  });
});
