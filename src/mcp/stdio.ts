import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { createSession, type McpParts } from './session.ts';

/**
 * Serves the one client at the other end of stdin and stdout.
 *
 * @returns when that client has gone (stdin ended, stdout broke) or `stop` was aborted; calls that still ran are aborted.
 */
export async function serveStdio(parts: McpParts, stop: AbortSignal): Promise<void> {
  const session = createSession(parts);
  const gone = new Promise<void>((resolve) => {
    for (const event of ['end', 'close', 'error'] as const) process.stdin.once(event, () => resolve());
    process.stdout.once('error', () => resolve());
    stop.addEventListener('abort', () => resolve(), { once: true });
  });
  await session.connect(new StdioServerTransport());
  if (!stop.aborted) await gone;
  await session.close();
}
