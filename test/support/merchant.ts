import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A merchant's server that takes notifications. */
export class Merchant {
  readonly received: Record<string, string>[] = [];
  readonly #server: Server;
  url = '';

  constructor(answer: () => string | Promise<string>) {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.received.push(Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8'))));
        void Promise.resolve(answer()).then((text) => response.end(text));
      });
    });
  }

  /** @param answer what it answers each time; a function may take its time over it. */
  static async listen(answer: string | (() => string | Promise<string>) = 'success'): Promise<Merchant> {
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
