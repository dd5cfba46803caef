import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

type Answer = string | Readable;

/** A merchant's server that takes notifications. */
export class Merchant {
  readonly received: Record<string, string>[] = [];
  readonly #server: Server;
  url = '';

  constructor(answer: () => Answer | Promise<Answer>) {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.received.push(Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8'))));
        void Promise.resolve(answer()).then((made) => {
          if (typeof made === 'string') response.end(made);
          else made.pipe(response);
        });
      });
    });
  }

  /** @param answer what it answers each time; a function may take its time over it, and a stream need never end. */
  static async listen(answer: string | (() => Answer | Promise<Answer>) = 'success'): Promise<Merchant> {
    const merchant = new Merchant(typeof answer === 'string' ? () => answer : answer);
    merchant.#server.listen(0, '127.0.0.1');
    await once(merchant.#server, 'listening');
    merchant.url = `http://127.0.0.1:${(merchant.#server.address() as AddressInfo).port}/notify`;
    return merchant;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

/** An answer that says the same again and again, and never ends. */
export function endless(text: string): Readable {
  return Readable.from(repeated(text));
}

function* repeated(text: string): Generator<string> {
  for (;;) yield text;
}
