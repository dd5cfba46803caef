import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** One request of the pool: the bytes that go out, and how the body of its answer must start. */
export interface PreparedRequest {
  readonly bytes: Buffer;
  readonly starts: Buffer;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const OK = Buffer.from('HTTP/1.1 200 ');
const LENGTH = /\r\ncontent-length: (\d+)/i;
const NOTHING = Buffer.alloc(0);

/** A socket, and what takes its bytes: they are read into one buffer again and again, and are to be looked at at once. */
interface Connection {
  readonly socket: Socket;
  take: (bytes: Buffer) => void;
}

const BUFFER_BYTES = 65_536;

/**
 * Keep-alive connections that write prepared bytes and read no more of an answer than where it ends and how it starts:
 * the load comes from the other side's work, not from the client's. One request at a time on each connection.
 */
export class LoadClient {
  readonly #connections: readonly Connection[];
  readonly #next: () => PreparedRequest;

  private constructor(connections: readonly Connection[], next: () => PreparedRequest) {
    this.#connections = connections;
    this.#next = next;
  }

  /** Opens the connections to a port of this machine. @param next gives the next request of any of them. */
  static async open(port: number, connections: number, next: () => PreparedRequest): Promise<LoadClient> {
    const opened = Array.from({ length: connections }, () => openConnection(port));
    await Promise.all(opened.map(({ socket }) => once(socket, 'connect')));
    return new LoadClient(opened, next);
  }

  /** Keeps every connection busy for `ms`, then waits for the answers that are under way. */
  async run(ms: number): Promise<{ answers: number; errors: number; perSecond: number }> {
    const start = performance.now();
    const counts = await Promise.all(this.#connections.map((connection) => this.#drive(connection, start + ms)));
    const seconds = (performance.now() - start) / 1000;
    const answers = counts.reduce((sum, count) => sum + count.answers, 0);
    const errors = counts.reduce((sum, count) => sum + count.errors, 0);
    return { answers, errors, perSecond: (answers - errors) / seconds };
  }

  close(): void {
    for (const { socket } of this.#connections) socket.destroy();
  }

  /** A connection that breaks is one error, and the end of it. */
  #drive(connection: Connection, until: number): Promise<{ answers: number; errors: number }> {
    const { socket } = connection;
    return new Promise((resolve) => {
      let [answers, errors] = [0, 0];
      let rest: Buffer = NOTHING;
      let request = this.#next();
      const end = () => {
        socket.off('error', lost).off('close', lost);
        resolve({ answers, errors });
      };
      const lost = () => {
        answers += 1;
        errors += 1;
        end();
      };
      connection.take = (chunk) => {
        const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
        const body = bodyOf(bytes);
        if (body === undefined) {
          rest = Buffer.from(bytes);
          return;
        }
        answers += 1;
        if (!startsWith(bytes, OK) || !startsWith(body, request.starts)) errors += 1;
        rest = NOTHING;
        if (performance.now() >= until) {
          end();
          return;
        }
        request = this.#next();
        socket.write(request.bytes);
      };
      socket.once('error', lost).once('close', lost);
      socket.write(request.bytes);
    });
  }
}

function openConnection(port: number): Connection {
  const callback = (length: number, buffer: Uint8Array) => {
    connection.take(Buffer.from(buffer.buffer, buffer.byteOffset, length));
    return true;
  };
  const onread = { buffer: Buffer.alloc(BUFFER_BYTES), callback };
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread });
  const connection: Connection = { socket, take: () => {} };
  return connection;
}

/** The body of the answer in `bytes`, or undefined while it has not all come. */
function bodyOf(bytes: Buffer): Buffer | undefined {
  const head = bytes.indexOf(HEAD_END);
  if (head < 0) return undefined;
  const length = LENGTH.exec(bytes.toString('latin1', 0, head))?.[1];
  const start = head + HEAD_END.length;
  if (length === undefined) return NOTHING; // no answer of the gateway's: an error where it is compared
  return bytes.length >= start + Number(length) ? bytes.subarray(start) : undefined;
}

function startsWith(bytes: Buffer, start: Buffer): boolean {
  return bytes.subarray(0, start.length).equals(start);
}
