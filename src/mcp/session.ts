import { randomUUID } from 'node:crypto';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  CallToolRequestSchema,
  ListToolsRequestSchema,
  type CallToolResult,
  type RequestId,
} from '@modelcontextprotocol/sdk/types.js';
import { t, type Locale } from '../text/index.ts';
import { showHidden } from '../text/visible.ts';
import type { Tool } from '../tools/define.ts';
import type { Approver, Caller, Clock } from '../tools/ports.ts';
import { isGood, type ToolResult } from '../tools/result.ts';
import { describeTool } from './describe.ts';
import type { CallDoor } from './elicitation.ts';
import { startProgress } from './progress.ts';
import { resultText } from './result-text.ts';

const NAME_LENGTH = 80;

/** What a root hands in to serve MCP. */
export interface McpParts {
  /** What is offered now. */
  readonly tools: () => Promise<readonly Tool[]>;
  /** Where that can change: calls the listener when it did, and each client is told. */
  readonly onToolsChanged?: (listener: () => void) => { dispose(): void };
  readonly runner: { run(name: string, input: unknown, caller: Caller): Promise<ToolResult> };
  /** How the person behind a call can be asked; undefined: nobody can, so no money moves. */
  readonly approverFor: (door: CallDoor) => Approver | undefined;
  readonly clock: Clock;
  readonly locale: Locale;
  readonly version: string;
}

/** One client's conversation. */
export interface McpSession {
  connect(transport: Transport): Promise<void>;
  /** The connection these calls would be answered on is gone: nobody waits for them any longer. */
  drop(calls: readonly RequestId[]): void;
  /** Ends the conversation; calls that still run are aborted. */
  close(): Promise<void>;
}

/** Makes a server for one client: the tools, as the catalogue describes them, and every call through the runner. */
export function createSession(parts: McpParts): McpSession {
  const { locale, version } = parts;
  const server = new Server(
    { name: 'alipay', title: 'Alipay', version },
    {
      capabilities: { tools: parts.onToolsChanged ? { listChanged: true } : {} },
      instructions: t(locale, 'mcp.instructions'),
    },
  );
  const clientId = randomUUID();
  const running = new Map<RequestId, AbortController>();
  const changes = parts.onToolsChanged?.(() => {
    server.sendToolListChanged().catch(() => undefined); // a client that is not connected will list them anyway
  });
  server.onclose = () => changes?.dispose();
  server.setRequestHandler(ListToolsRequestSchema, async () => ({
    tools: (await parts.tools()).map((tool) => describeTool(tool, locale)),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
    const { requestId } = extra;
    const dropped = new AbortController();
    running.set(requestId, dropped);
    const progress = startProgress(extra, parts);
    try {
      const result = await parts.runner.run(params.name, params.arguments ?? {}, {
        clientId,
        name: clientName(server, locale),
        signal: AbortSignal.any([extra.signal, dropped.signal]),
        progress: progress.say,
        approver: parts.approverFor({ server, requestId }),
      });
      return toCallResult(locale, result);
    } finally {
      progress.end();
      if (running.get(requestId) === dropped) running.delete(requestId);
    }
  });
  return {
    connect: (transport) => server.connect(transport),
    drop: (calls) => calls.forEach((id) => running.get(id)?.abort()),
    close: () => server.close(),
  };
}

function toCallResult(locale: Locale, result: ToolResult): CallToolResult {
  return {
    structuredContent: result,
    content: [{ type: 'text', text: resultText(locale, result) }],
    isError: !isGood(result),
  };
}

/** How the client calls itself: its own word, so kept short and without characters that hide. */
function clientName(server: Server, locale: Locale): string {
  const { name = '', version = '' } = server.getClientVersion() ?? {};
  const own = `${name} ${version}`.trim().slice(0, NAME_LENGTH);
  return own === '' ? t(locale, 'mcp.unnamed_client') : showHidden(own);
}
