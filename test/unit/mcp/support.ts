import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import {
  ElicitRequestSchema,
  type ClientCapabilities,
  type ElicitRequest,
  type ElicitResult,
} from '@modelcontextprotocol/sdk/types.js';
import { createSession, type McpParts, type McpSession } from '../../../src/mcp/session.ts';
import type { ApprovalRequest, Caller, Clock } from '../../../src/tools/ports.ts';
import { say } from '../../../src/text/index.ts';

/** A clock that stands at `now` and whose waits end when `tick` says so. */
export function handClock() {
  let now = Date.parse('2026-06-05T10:00:00+08:00');
  const waiting = new Set<() => void>();
  const clock: Clock & { now: () => number } = {
    now: () => now,
    monotonic: () => now,
    wait: (_ms, signal) =>
      new Promise((resolve, reject) => {
        waiting.add(resolve);
        signal?.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
      }),
  };
  return {
    clock,
    tick(ms: number) {
      now += ms;
      const ended = [...waiting];
      waiting.clear();
      for (const end of ended) end();
    },
  };
}

export function approvalRequest(change: Partial<ApprovalRequest> = {}): ApprovalRequest {
  return {
    operationId: 'op_1',
    digest: 'd1'.repeat(32),
    gateway: 'http://127.0.0.1:8088/gateway.do',
    appId: '9021000100000002',
    method: 'alipay.trade.refund',
    bizContent: '{"trade_no":"2024040112345","refund_amount":"15.50","refund_reason":"defective item"}',
    params: {},
    profileLabel: 'Local sandbox',
    band: 'local-sandbox',
    fen: 1550,
    isSecond: false,
    effect: [say('money.zero', { field: 'first' }), say('money.zero', { field: 'then' })],
    warnings: [],
    agentWords: [{ field: 'refund_reason', text: 'defective item' }],
    limitsLeft: { perOperation: 5_000_000, today: 9_998_450, payeeToday: 4_998_450 },
    caller: 'stock client 1.0',
    expiresAt: Date.parse('2026-06-05T10:05:00+08:00'),
    queueLength: 0,
    changed: false,
    ...change,
  };
}

export type Run = (name: string, input: unknown, caller: Caller) => ReturnType<McpParts['runner']['run']>;

export interface Talk {
  readonly client: Client;
  readonly session: McpSession;
}

/** A stock client and one of our sessions, joined in memory. */
export async function talk(
  parts: Partial<McpParts> & { run: Run },
  capabilities: ClientCapabilities = {},
  name = 'stock client',
): Promise<Talk> {
  const session = createSession({
    tools: async () => [],
    runner: { run: parts.run },
    approverFor: () => undefined,
    clock: handClock().clock,
    locale: 'en',
    version: '0.0.0',
    ...parts,
  });
  const client = new Client({ name, version: '1.0' }, { capabilities });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await Promise.all([session.connect(ours), client.connect(theirs)]);
  return { client, session };
}

/** A client's answer to the form it is sent. */
export type Answer = (
  message: string,
  signal: AbortSignal,
  form: ElicitRequest['params'],
) => ElicitResult | Promise<ElicitResult>;

/** Answers the client's forms, and keeps what was asked. */
export function answering(client: Client, answer: Answer): string[] {
  const asked: string[] = [];
  client.setRequestHandler(ElicitRequestSchema, ({ params }, extra) => {
    asked.push(params.message);
    return answer(params.message, extra.signal, params);
  });
  return asked;
}
