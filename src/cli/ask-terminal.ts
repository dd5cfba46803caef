import { createInterface } from 'node:readline/promises';

/**
 * Asks one question at a terminal.
 *
 * @returns the line that was typed; undefined when the person left (Ctrl+C, end of input) or `signal` took it back.
 */
export async function askTerminal(
  question: string,
  streams: { readonly input: NodeJS.ReadableStream; readonly output: NodeJS.WritableStream },
  signal: AbortSignal,
): Promise<string | undefined> {
  const terminal = createInterface(streams);
  const left = new AbortController();
  for (const event of ['SIGINT', 'close'] as const) terminal.once(event, () => left.abort());
  try {
    return await terminal.question(question, { signal: AbortSignal.any([signal, left.signal]) });
  } catch {
    return undefined;
  } finally {
    terminal.close();
  }
}
