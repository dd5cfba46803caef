import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { isInitializeRequest, isJSONRPCRequest, type RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { McpSession } from './session.ts';

const MAX_BODY_BYTES = 4 * 1024 * 1024;
/** More clients than any person has; beyond it the longest idle one makes room. */
const MOST_SESSIONS = 100;
/** A session nobody is connected to for so long has lost its client; one that returns is told to start a new one. */
const IDLE_MS = 10 * 60_000;

interface OpenSession {
  readonly session: McpSession;
  readonly transport: StreamableHTTPServerTransport;
  /** Responses that are still open: waiting calls, and the back channel. */
  open: number;
  idle: NodeJS.Timeout | undefined;
}

/** Streamable HTTP for many clients: each gets a session, a server and questions of its own. */
export class HttpSessions {
  readonly #open = new Map<string, OpenSession>();
  readonly #makeSession: () => McpSession;

  constructor(makeSession: () => McpSession) {
    this.#makeSession = makeSession;
  }

  /** Answers one request that has passed whatever guards the door. Answers are event streams, kept alive every 15 s. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = request.method === 'POST' ? await readJson(request) : undefined;
    if (body?.problem !== undefined) return refuse(response, 400, -32700, body.problem);
    const id = request.headers['mcp-session-id'];
    if (id === undefined && !isInitializeRequest(body?.json)) return refuse(response, 400, -32000, 'No session');
    if (id === undefined && !(await this.#makeRoom())) return refuse(response, 503, -32000, 'Too many sessions');
    const known = id === undefined ? await this.#start() : this.#open.get(String(id));
    if (!known) return refuse(response, 404, -32001, 'Session not found');
    this.#watch(known, response, requestIds(body?.json));
    return known.transport.handleRequest(request, response, body?.json);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map(({ session }) => session.close()));
  }

  async #makeRoom(): Promise<boolean> {
    if (this.#open.size < MOST_SESSIONS) return true;
    const idle = [...this.#open.values()].find(({ open }) => open === 0);
    await idle?.session.close();
    return idle !== undefined;
  }

  async #start(): Promise<OpenSession> {
    const session = this.#makeSession();
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void this.#open.set(id, opened),
    });
    const opened: OpenSession = { session, transport, open: 0, idle: undefined };
    transport.onclose = () => {
      clearTimeout(opened.idle);
      if (transport.sessionId !== undefined) this.#open.delete(transport.sessionId);
    };
    await session.connect(transport);
    return opened;
  }

  /** A stream that breaks off tells the SDK nothing: the calls waiting on it are dropped here. */
  #watch(known: OpenSession, response: ServerResponse, calls: readonly RequestId[]): void {
    known.open += 1;
    clearTimeout(known.idle);
    response.once('close', () => {
      known.open -= 1;
      if (!response.writableEnded) known.session.drop(calls);
      if (known.open === 0) known.idle = setTimeout(() => void known.session.close(), IDLE_MS).unref();
    });
  }
}

function requestIds(json: unknown): RequestId[] {
  return [json]
    .flat()
    .filter((message) => isJSONRPCRequest(message))
    .map((message) => message.id);
}

type Body = { json: unknown; problem?: undefined } | { json?: undefined; problem: string };

async function readJson(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return { problem: `The message is larger than ${MAX_BODY_BYTES} bytes` };
    chunks.push(chunk);
  }
  try {
    return { json: JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown };
  } catch {
    return { problem: 'Parse error' };
  }
}

function refuse(response: ServerResponse, status: number, code: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ jsonrpc: '2.0', error: { code, message }, id: null }));
}
