import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { ServerNotification, ServerRequest } from '@modelcontextprotocol/sdk/types.js';
import { render, t, type Locale, type Sentence } from '../text/index.ts';
import type { Clock } from '../tools/ports.ts';

/** Clients that reset their time-out on progress have ones of 30 s and more. */
const REPEAT_MS = 5_000;

export interface Progress {
  readonly say: (message: Sentence) => void;
  readonly end: () => void;
}

type Extra = Pick<RequestHandlerExtra<ServerRequest, ServerNotification>, '_meta' | 'sendNotification'>;

/**
 * Tells a waiting client how its call stands, if it asked to be told: at each change, and the same again every five
 * seconds, so that it goes on waiting while a person decides.
 */
export function startProgress(extra: Extra, { clock, locale }: { clock: Clock; locale: Locale }): Progress {
  const progressToken = extra._meta?.progressToken;
  if (progressToken === undefined) return { say: () => {}, end: () => {} };
  const ended = new AbortController();
  let message = t(locale, 'mcp.working');
  let count = 0;
  const send = () => {
    count += 1;
    const params = { progressToken, progress: count, message };
    // A client that is gone is noticed by its transport, not here.
    extra.sendNotification({ method: 'notifications/progress', params }).catch(() => {});
  };
  const repeat = async () => {
    while (!ended.signal.aborted) {
      await clock.wait(REPEAT_MS, ended.signal);
      if (!ended.signal.aborted) send();
    }
  };
  repeat().catch(() => {});
  return {
    say(sentence) {
      if (ended.signal.aborted) return;
      message = render(locale, sentence);
      send();
    },
    end: () => ended.abort(),
  };
}
