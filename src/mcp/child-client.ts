import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';

/** Approvals end after five minutes, so a call may take somewhat longer. */
const CALL_TIMEOUT_MS = 6 * 60_000;

export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly name: string;
  readonly version: string;
  /** Asks the person at this client; only true approves. `signal` aborts when the question is taken back. */
  readonly ask: (message: string, signal: AbortSignal) => Promise<boolean>;
  readonly onProgress: (message: string) => void;
}

/** An MCP client of a server that runs as its child. */
export interface ChildClient {
  toolNames(): Promise<string[]>;
  /** How a call ended, and its result in words. @throws McpError where the call itself failed. */
  call(tool: string, input: Readonly<Record<string, unknown>>): Promise<{ status: unknown; text: string }>;
  /** Closes the child's stdin and waits for its end. */
  close(): Promise<void>;
}

/** Starts a server and connects to it as any MCP client would. */
export async function connectChild(options: ChildOptions): Promise<ChildClient> {
  const { command, args, name, version, ask, onProgress } = options;
  const client = new Client({ name, version }, { capabilities: { elicitation: { form: {} } } });
  client.setRequestHandler(ElicitRequestSchema, async ({ params }, { signal }) =>
    (await ask(params.message, signal)) ? { action: 'accept', content: { approve: true } } : { action: 'decline' },
  );
  await client.connect(new StdioClientTransport({ command, args: [...args], stderr: 'ignore' }));
  return {
    toolNames: async () => (await client.listTools()).tools.map((tool) => tool.name),
    async call(tool, input) {
      const { content, structuredContent } = await client.callTool({ name: tool, arguments: { ...input } }, undefined, {
        timeout: CALL_TIMEOUT_MS,
        onprogress: ({ message }) => message !== undefined && onProgress(message),
      });
      const parts = content as readonly { readonly type: string; readonly text?: string }[];
      const text = parts.map((part) => part.text ?? '').join('\n');
      return { status: (structuredContent as { status?: unknown } | undefined)?.status, text };
    },
    close: () => client.close(),
  };
}
