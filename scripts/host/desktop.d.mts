import type { Sentence } from '../../src/text/index.ts';

/** Opens desktop VS Code over data folders of its own; the sentence says why there is none. */
export function openDesktop(
  folder: { folder(name: string): string },
  what: { vsix: string; workspace: string; signal: AbortSignal },
  machine: { platform: string; env: NodeJS.ProcessEnv; uid: number | undefined },
): Promise<Sentence | undefined>;
