import { randomUUID } from 'node:crypto';
import { AlipayClient } from '../../src/alipay/client.ts';
import { accountOf, certificateCredentials, type Profile } from '../../src/alipay/profile.ts';
import { parsePrivateKey } from '../../src/alipay/keys.ts';
import type { ApprovalRequest, Approver } from '../../src/guard/approver.ts';
import type { Caller } from '../../src/guard/caller.ts';
import { Guard } from '../../src/guard/index.ts';
import type { Proposal } from '../../src/guard/proposal.ts';
import type { Settled } from '../../src/guard/settled.ts';
import type { Waits } from '../../src/guard/waits.ts';
import { memoryTokens } from '../../src/cli/memory-tokens.ts';
import type { Ledger, Limits } from '../../src/ledger/index.ts';
import type { ToolResult } from '../../src/tools/result.ts';
import { createRunner } from '../../src/tools/run.ts';
import { generateSandboxKeys, sandboxKeyTexts, startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { registerSecret } from './artifacts.ts';
import type { Hand } from './hands.ts';
import { ledgerFolder, MovedClock, openLedger } from './ledgers.ts';

export { approve, deny, refund, type Hand } from './hands.ts';

const GENEROUS: Limits = { perOperation: 10_000_000, perDay: 100_000_000, perPayee: 100_000_000 };
/** As short as asking twice can be. */
const QUICK: Waits = { queries: [0, 20, 50], absentForSure: 100, answerWithin: 5_000 };

let keys: ReturnType<typeof generateSandboxKeys> | undefined;

/** The keys of all sandboxes of a test process: making RSA keys takes longer than the tests. */
export function sharedKeys(): ReturnType<typeof generateSandboxKeys> {
  keys ??= generateSandboxKeys(Date.now()).then((made) => {
    const texts = sandboxKeyTexts(made);
    for (const text of [texts.keyAppPrivateKey, texts.certAppPrivateKey, texts.alipayPrivateKey]) registerSecret(text);
    return made;
  });
  return keys;
}

export interface DeskOptions {
  readonly limits?: Limits | undefined;
  readonly profile?: Partial<Profile>;
  readonly waits?: Partial<Waits>;
  /** What its sandbox holds at first; the demo data unless said otherwise. */
  readonly seed?: 'demo' | 'empty';
  /** How long its client waits for an answer, ms. */
  readonly timeoutMs?: number;
  /** Whether the settings its guards were made with still hold. */
  readonly isCurrent?: () => Promise<boolean>;
  /** Another desk's sandbox: the same merchant at another computer, with a ledger of its own. */
  readonly over?: Desk;
}

/** A guard with everything real under it: sandbox over HTTP, signing client, SQLite ledger. Only the person is played. */
export class Desk {
  readonly clock = new MovedClock();
  readonly asked: ApprovalRequest[] = [];
  readonly folder = ledgerFolder();
  sandbox!: Sandbox;
  client!: AlipayClient;
  ledger!: Ledger;
  guard!: Guard;
  #options: DeskOptions = {};
  readonly #windows: Ledger[] = [];

  static async open(options: DeskOptions = {}): Promise<Desk> {
    const desk = new Desk();
    desk.#options = options;
    const made = await sharedKeys();
    desk.sandbox =
      options.over?.sandbox ??
      (await startSandbox({
        database: ':memory:',
        seed: options.seed ?? 'demo',
        keys: made,
        adminToken: 'a'.repeat(64),
      }));
    const texts = sandboxKeyTexts(made);
    const profile: Profile = {
      id: 'desk',
      label: 'Local sandbox',
      gateway: desk.sandbox.gateway,
      appId: desk.sandbox.certAppId,
      mode: 'certificate',
      level: 'money-out',
      band: 'local-sandbox',
      ...options.profile,
    };
    const credentials = certificateCredentials(parsePrivateKey(texts.certAppPrivateKey), texts, Date.now());
    desk.client = new AlipayClient({
      profile,
      credentials,
      clock: desk.clock,
      timeoutMs: options.timeoutMs ?? 1_000,
      onGatewayTime: (gateway, local) => desk.guard.noteGatewayTime(gateway, local),
    });
    await desk.restart();
    return desk;
  }

  /** A new guard and ledger over the same file, as after a restart of the process. */
  async restart(): Promise<void> {
    this.ledger?.close();
    this.ledger = await openLedger(this.folder.file, this.clock);
    this.guard = this.#guardOver(this.ledger);
  }

  /** A guard as after a change of settings: over the ledger that is open already. */
  guardAnew(): Guard {
    return this.#guardOver(this.ledger);
  }

  /** Another window over the same ledger file. */
  async window(): Promise<Guard> {
    const ledger = await openLedger(this.folder.file, this.clock);
    this.#windows.push(ledger);
    return this.#guardOver(ledger);
  }

  #guardOver(ledger: Ledger): Guard {
    const limits = 'limits' in this.#options ? this.#options.limits : GENEROUS;
    return new Guard({
      client: this.client,
      ledger,
      clock: this.clock,
      waits: { ...QUICK, ...this.#options.waits },
      limits,
      isCurrent: this.#options.isCurrent,
    });
  }

  async close(): Promise<void> {
    await this.guard.dispose();
    for (const ledger of [this.ledger, ...this.#windows]) {
      ledger.close();
      await ledger.settled(); // its last head may still be on its way to the files beside it
    }
    if (!this.#options.over) await this.sandbox.close();
    this.folder.remove();
  }

  /** One call of a client whose person answers with `hand`. */
  caller(hand: Hand | undefined, change: Partial<Caller> = {}): Caller {
    const approver: Approver | undefined = hand && {
      ask: async (request, signal) => {
        this.asked.push(request);
        return hand(request, signal);
      },
    };
    return {
      clientId: 'one',
      name: 'test',
      signal: new AbortController().signal,
      progress: () => undefined,
      approver,
      ...change,
    };
  }

  execute(proposal: Proposal, hand: Hand | undefined, change: Partial<Caller> = {}): Promise<Settled> {
    return this.guard.execute(proposal, () => [], this.caller(hand, change));
  }

  /** One call of a tool, as an agent makes it; a fault of ours throws. */
  run(tool: string, input: Readonly<Record<string, unknown>>, hand: Hand, guard = this.guard): Promise<ToolResult> {
    const { client, clock } = this;
    const runner = createRunner({
      client,
      guard,
      clock,
      locale: 'en',
      tokens: memoryTokens(),
      bills: { read: () => Promise.reject(new Error('no bill')) },
      transfers: { find: () => undefined },
      onFault: (_tool, fault) => {
        throw fault;
      },
    });
    return runner.run(tool, input, this.caller(hand));
  }

  /** The account its operations are counted for. */
  get account(): string {
    return accountOf(this.client.profile);
  }

  /** The admin door. */
  async admin<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.sandbox.admin}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.sandbox.adminToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  fault(method: string, fault: string, count = 1, more: Record<string, unknown> = {}): Promise<unknown> {
    return this.admin('POST', '/faults', { method, fault, count, ...more });
  }

  /** A new order of 299.00 that its buyer has just paid; `notifyUrl` is told of what becomes of it. */
  async paidOrder(notifyUrl?: string): Promise<{ out_trade_no: string; fen: number }> {
    const out_trade_no = `PAID${randomUUID().replaceAll('-', '').slice(0, 20)}`;
    const bizContent = { out_trade_no, total_amount: '299.00', subject: 'Premium Subscription' };
    const params = notifyUrl === undefined ? {} : { notify_url: notifyUrl };
    await this.client.send(this.client.prepare({ method: 'alipay.trade.precreate', bizContent, params }));
    await this.admin('POST', `/trades/${out_trade_no}/pay`);
    return { out_trade_no, fen: 29_900 };
  }

  /** The requests of one method that reached the gateway. */
  async requests(method: string): Promise<JournalEntry[]> {
    const requests = await this.admin<JournalEntry[]>('GET', '/journal');
    return requests.filter((request) => request.method === method);
  }
}

export interface JournalEntry {
  readonly method: string;
  readonly [fact: string]: unknown;
}
