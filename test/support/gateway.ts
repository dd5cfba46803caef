import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AlipayClient, type ClientOptions } from '../../src/alipay/client.ts';
import { systemClock } from '../../src/alipay/clock.ts';
import { PrivateKey, PublicKey } from '../../src/alipay/keys.ts';
import type { Profile } from '../../src/alipay/profile.ts';

export interface Received {
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  /** Both, merged. */
  readonly all: Readonly<Record<string, string>>;
}

type Answer = (received: Received, response: ServerResponse) => void | Promise<void>;

/** A gateway that answers exactly what a test tells it to: for answers no Alipay, and no sandbox, would give. */
export class ScriptedGateway {
  readonly app = pair();
  readonly alipay = pair();
  readonly received: Received[] = [];
  answer: Answer = (_received, response) => void response.end('{}');
  #server!: Server;
  url = '';

  static async listen(): Promise<ScriptedGateway> {
    const gateway = new ScriptedGateway();
    gateway.#server = createServer((request, response) => void gateway.#serve(request, response));
    await new Promise<void>((resolve) => gateway.#server.listen(0, '127.0.0.1', resolve));
    gateway.url = `http://127.0.0.1:${(gateway.#server.address() as AddressInfo).port}/gateway.do`;
    return gateway;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  client(change: Partial<ClientOptions> = {}, profile: Partial<Profile> = {}): AlipayClient {
    return new AlipayClient({
      profile: {
        id: 'scripted',
        label: 'Scripted',
        gateway: this.url,
        appId: '2021000000000001',
        mode: 'key',
        level: 'money-out',
        band: 'local-sandbox',
        ...profile,
      },
      credentials: {
        privateKey: new PrivateKey(this.app.privateKey),
        alipayKey: (certSn) => (certSn === undefined ? new PublicKey(this.alipay.publicKey) : undefined),
        certificateParams: undefined,
      },
      clock: systemClock,
      timeoutMs: 500,
      ...change,
    });
  }

  /** The body of an answer to `method`, signed as Alipay would. */
  async signed(method: string, node: string, more = ''): Promise<string> {
    const sign = await new PrivateKey(this.alipay.privateKey).sign(Buffer.from(node));
    return `{"${method.replaceAll('.', '_')}_response":${node}${more},"sign":"${sign.toString('base64')}"}`;
  }

  /** Answers every request with this node, signed. */
  answerWith(method: string, node: Readonly<Record<string, unknown>>): void {
    this.answer = async (_received, response) => void response.end(await this.signed(method, JSON.stringify(node)));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const query = new URL(request.url ?? '/', this.url).searchParams;
    const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    const received = { query, form, all: Object.fromEntries([...query, ...form]) };
    this.received.push(received);
    await this.answer(received, response);
  }
}

function pair(): { privateKey: KeyObject; publicKey: KeyObject } {
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}
