/** What Playwright's `chromium.launch` needs; `packed` when it is the Chromium from npm. Throws with a sentence. */
export function provideBrowser(): Promise<{
  executablePath: string;
  args: string[];
  env: Record<string, string>;
  packed: boolean;
}>;
