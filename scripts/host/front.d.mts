/** What stands before the browser-hosted VS Code, on loopback; `words` are said to whoever has no token. */
export function openFront(options: {
  port: number;
  target: number;
  token: string;
  key: Uint8Array;
  words: string;
}): Promise<{ port: number; close(): Promise<void> }>;
