import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { EmptyResultSchema, ErrorCode, McpError, type RequestId } from '@modelcontextprotocol/sdk/types.js';
import { t, type Locale } from '../text/index.ts';
import type { ApprovalRequest, Approver, Clock, Decision } from '../tools/ports.ts';
import { approvalText } from './approval-text.ts';

/** The way back to the person behind one waiting tool call: its client, and the call the question belongs to. */
export interface CallDoor {
  readonly server: Server;
  readonly requestId: RequestId;
}

const DENIED: Decision = { verdict: 'denied' };
const EXPIRED: Decision = { verdict: 'expired' };

/** Servers that have used up their request number 0: see `skipNumberZero`. */
const numbered = new WeakSet<Server>();

/**
 * Asks by MCP elicitation, in a form of one unticked box. Only for a sandbox of ours: clients can answer such forms by
 * themselves, so any other band is denied unasked.
 *
 * @returns undefined when the client has not declared that it can show forms.
 */
export function elicitationApprover(door: CallDoor, clock: Clock, locale: Locale): Approver | undefined {
  if (!door.server.getClientCapabilities()?.elicitation?.form) return undefined;
  return {
    async ask(request, signal) {
      const left = request.expiresAt - clock.now();
      if (request.band !== 'local-sandbox' || signal.aborted) return DENIED;
      if (!(left > 0)) return EXPIRED;
      skipNumberZero(door);
      try {
        const answer = await door.server.elicitInput(form(locale, request), {
          relatedRequestId: door.requestId,
          signal,
          timeout: left,
        });
        if (clock.now() >= request.expiresAt) return EXPIRED;
        const yes = answer.action === 'accept' && answer.content?.['approve'] === true && !signal.aborted;
        return yes ? { verdict: 'approved', digest: request.digest } : DENIED;
      } catch (error) {
        // An aborted request is reported with the code of a time-out, too.
        const timedOut = error instanceof McpError && error.code === Number(ErrorCode.RequestTimeout);
        return timedOut && !signal.aborted ? EXPIRED : DENIED;
      }
    },
  };
}

function form(locale: Locale, request: ApprovalRequest) {
  return {
    mode: 'form' as const,
    message: approvalText(locale, request),
    requestedSchema: {
      type: 'object' as const,
      properties: {
        approve: {
          type: 'boolean' as const,
          title: t(locale, 'ask.form.title'),
          description: t(locale, 'ask.form.description'),
          default: false,
        },
      },
      required: ['approve'],
    },
  };
}

/**
 * SDK 1.32.2 takes the request number 0 for "none" when it is cancelled, and numbers from 0: a client built on it would
 * leave the first form open. A ping takes that number; nobody waits for its answer.
 */
function skipNumberZero({ server, requestId }: CallDoor): void {
  if (numbered.has(server)) return;
  numbered.add(server);
  server.request({ method: 'ping' }, EmptyResultSchema, { relatedRequestId: requestId }).catch(() => {});
}
