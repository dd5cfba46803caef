import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, createWriteStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { ElicitRequestSchema, type ElicitResult } from '@modelcontextprotocol/sdk/types.js';
import { artifactsDir } from './artifacts.ts';

export const ROOT = resolve(import.meta.dirname, '../..');
const PROGRAM = ['--disable-warning=ExperimentalWarning', join(ROOT, 'src/stdio.ts')];

export type Result = Readonly<Record<string, ReturnType<typeof JSON.parse>>> & { status: string; message: string };
/** How the person at the client answers a form. */
export type Answer = (message: string, signal: AbortSignal) => ElicitResult | Promise<ElicitResult>;

export const yes: Answer = () => ({ action: 'accept', content: { approve: true } });
export const no: Answer = () => ({ action: 'decline' });

/** A stock MCP client with a person at it, who may be missing (`answer` undefined: the client shows no forms). */
export class StockClient {
  readonly client: Client;
  /** Every form that was shown, in order. */
  readonly asked: string[] = [];
  /** What the client could not make sense of: a line on stdout that is no message, say. */
  readonly errors: Error[] = [];
  answer: Answer | undefined;

  constructor(name: string, answer: Answer | undefined) {
    this.answer = answer;
    this.client = new Client({ name, version: '1.0.0' }, { capabilities: answer ? { elicitation: { form: {} } } : {} });
    this.client.onerror = (error) => void this.errors.push(error);
    if (!answer) return;
    this.client.setRequestHandler(ElicitRequestSchema, ({ params }, { signal }) => {
      this.asked.push(params.message);
      return this.answer?.(params.message, signal) ?? { action: 'cancel' };
    });
  }

  /** Connects, keeps every message in the suite's artifacts, and lists the tools, so that results are validated. */
  async connect(transport: Transport, suite: string): Promise<this> {
    await this.client.connect(recorded(transport, join(artifactsDir(suite), 'messages.jsonl')));
    await this.client.listTools();
    return this;
  }

  /** Calls a tool and gives its structured content. */
  async call(name: string, args: Record<string, unknown>, signal?: AbortSignal): Promise<Result> {
    const result = await this.client.callTool({ name, arguments: args }, undefined, signal ? { signal } : {});
    return result.structuredContent as Result;
  }

  close(): Promise<void> {
    return this.client.close();
  }
}

/** The server as a child on stdio, with a client. `npm` starts it by its npm script, over the built program. */
export async function startMcp(
  suite: string,
  args: readonly string[],
  { answer, npm = false, name = 'stock-client' }: { answer?: Answer; npm?: boolean; name?: string },
): Promise<StockClient> {
  const [command, first] = npm ? ['npm', ['run', 'mcp', '--']] : [process.execPath, PROGRAM];
  const env = { ...process.env, LC_ALL: 'C' } as Record<string, string>;
  const transport = new StdioClientTransport({ command, args: [...first, ...args], cwd: ROOT, env, stderr: 'pipe' });
  transport.stderr?.pipe(createWriteStream(join(artifactsDir(suite), 'stderr.log'), { flags: 'a' }));
  return new StockClient(name, answer).connect(transport, suite);
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the server, gives it `input`, closes its stdin, and waits for its end. */
export async function runMcp(suite: string, args: readonly string[], input = '', npm = false): Promise<Ended> {
  const [command, first] = npm ? ['npm', ['run', 'mcp', '--']] : [process.execPath, PROGRAM];
  const child = spawn(command, [...first, ...args], { cwd: ROOT, env: { ...process.env, LC_ALL: 'C' } });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  appendFileSync(join(artifactsDir(suite), 'runs.log'), `${stdout}${stderr}`);
  return { code, stdout, stderr };
}

function recorded(transport: Transport, file: string): Transport {
  const keep = (direction: string, message: unknown) => {
    appendFileSync(file, `${JSON.stringify({ direction, message })}\n`);
  };
  const send = transport.send.bind(transport);
  transport.send = (message, options) => {
    keep('sent', message);
    return send(message, options);
  };
  let heard: Transport['onmessage'];
  Object.defineProperty(transport, 'onmessage', {
    get: () => heard,
    set(listener: NonNullable<Transport['onmessage']>) {
      heard = (message, extra) => {
        keep('received', message);
        listener(message, extra);
      };
    },
  });
  return transport;
}
