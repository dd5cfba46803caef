import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AlipayClient, type ClientOptions } from '../../src/alipay/client.ts';
import { systemClock } from '../../src/alipay/clock.ts';
import { parsePrivateKey } from '../../src/alipay/keys.ts';
import { accountOf, certificateCredentials, type Profile } from '../../src/alipay/profile.ts';
import type { Approver } from '../../src/guard/approver.ts';
import { Guard } from '../../src/guard/index.ts';
import type { Proposal } from '../../src/guard/proposal.ts';
import type { Settled } from '../../src/guard/settled.ts';
import type { Waits } from '../../src/guard/waits.ts';
import { Ledger, type Limits } from '../../src/ledger/index.ts';
import { Vault, type SecretStore } from '../../src/vscode/vault.ts';
import { VaultSeal } from '../../src/vscode/vault-seal.ts';
import type { Tripwire } from './tripwire.ts';

/** A sandbox's app in certificate mode. The key goes from process to process in memory alone. */
export interface App {
  readonly gateway: string;
  readonly appId: string;
  readonly texts: {
    readonly certAppPrivateKey: string;
    readonly appCert: string;
    readonly alipayCert: string;
    readonly rootCert: string;
  };
}

/** What outlives a process. */
export interface Places {
  /** The ledger. */
  readonly file: string;
  /** The folder that stands for the editor's secret storage. */
  readonly vault: string;
}

/** What the network does to the first request that moves money: takes it, or takes its answer. */
export type Loss = 'request' | 'answer';

const GENEROUS: Limits = { perOperation: 10_000_000, perDay: 100_000_000, perPayee: 100_000_000 };
/** Short, but long enough that what was on its way at a kill is there before it can be called absent. */
const WAITS: Waits = { queries: [0, 20, 50], absentForSure: 400, answerWithin: 60_000 };

/** The client of a profile at level money-out. */
export function clientOf({ gateway, appId, texts }: App, change: Partial<ClientOptions>): AlipayClient {
  const profile: Profile = {
    id: 'crash',
    label: 'Local sandbox',
    gateway,
    appId,
    mode: 'certificate',
    level: 'money-out',
    band: 'local-sandbox',
  };
  const credentials = certificateCredentials(parsePrivateKey(texts.certAppPrivateKey), texts, Date.now());
  return new AlipayClient({ profile, credentials, clock: systemClock, ...change });
}

interface Wired {
  readonly app: App;
  readonly ledger: Ledger;
  /** Hears `commit` with each commit of the ledger. */
  readonly commits: EventTarget;
  readonly wire: Tripwire;
  readonly loss: Loss | undefined;
  readonly limits: Limits;
}

/** A guard as the editor makes one, with a tripwire around every port it is handed. */
export class WiredGuard {
  readonly #guard: Guard;
  readonly #ledger: Ledger;
  readonly #wire: Tripwire;
  readonly #account: string;
  readonly #commits: EventTarget;

  private constructor({ app, ledger, commits, wire, loss, limits }: Wired) {
    const clock = wire.port('clock', systemClock);
    const client: AlipayClient = clientOf(app, {
      clock,
      fetch: wiredFetch(wire, loss),
      onGatewayTime: (gateway, local) => this.#guard.noteGatewayTime(gateway, local),
    });
    this.#commits = commits;
    this.#wire = wire;
    this.#ledger = ledger;
    this.#account = accountOf(client.profile);
    const wired = wire.port('ledger', ledger, (method, args) => (method === 'move' ? `(${String(args[1])})` : ''));
    this.#guard = new Guard({ client, ledger: wired, clock, waits: WAITS, limits });
  }

  /** @throws LedgerFault when the ledger is not what the vault remembers. */
  static async open(
    app: App,
    { file, vault }: Places,
    wire: Tripwire,
    { loss, limits = GENEROUS }: { loss?: Loss | undefined; limits?: Limits } = {},
  ): Promise<WiredGuard> {
    const secrets = wire.port(
      'vault',
      new FolderSecrets(vault),
      (_method, [name]) => `(${String(name).split('/')[0]})`,
    );
    const seal = new VaultSeal(new Vault(secrets));
    const commits = new EventTarget();
    const ledger = await wire.around('ledger.open', () =>
      Ledger.open(file, wire.port('clock', systemClock), seal, () => void commits.dispatchEvent(new Event('commit'))),
    );
    return new WiredGuard({ app, ledger, commits, wire, loss, limits });
  }

  /** Asks about what an earlier process left, as every start does; resolves when nothing is in doubt. */
  async recover(): Promise<void> {
    this.#guard.recover();
    while (this.#ledger.inDoubt(this.#account).length > 0) {
      await new Promise((resolve) => this.#commits.addEventListener('commit', resolve, { once: true }));
    }
  }

  /** One call whose person approves what is shown. @param asked is told each time the person is */
  execute(proposal: Proposal, asked: () => void = () => undefined, clientId = 'one'): Promise<Settled> {
    const person: Approver = {
      ask: ({ digest }) => {
        asked();
        return Promise.resolve({ verdict: 'approved', digest });
      },
    };
    const approver = this.#wire.port('person', person);
    const { signal } = new AbortController();
    const caller = { clientId, name: 'crash', signal, progress: () => undefined, approver };
    return this.#guard.execute(proposal, () => [], caller);
  }

  /** How many events the chain has. @throws LedgerFault that says where it is cut or altered. */
  verify(): Promise<number> {
    return this.#ledger.verify();
  }

  async close(): Promise<void> {
    await this.#guard.dispose();
    await this.#ledger.settled();
    this.#ledger.close();
  }
}

/** Each request on a connection of its own: on one kept alive, its other end may just have given up on a busy machine. */
export const freshFetch: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers);
  headers.set('connection', 'close');
  return fetch(input, { ...init, headers });
};

/** The network: calls are named by Alipay's methods, `transport.trade.refund`. */
function wiredFetch(wire: Tripwire, loss: Loss | undefined): typeof fetch {
  let lost = loss;
  return (input, init) => {
    const method = new URL(input instanceof Request ? input.url : input).searchParams.get('method') ?? '';
    return wire.around(`transport.${method.replace('alipay.', '')}`, async () => {
      const loses = MONEY_OUT.has(method) ? lost : undefined;
      if (loses) lost = undefined;
      if (loses === 'request') throw new TypeError('the request was lost');
      const response = await freshFetch(input, init);
      if (loses === 'answer') throw new TypeError('the answer was lost');
      return response;
    });
  };
}

const MONEY_OUT = new Set<string>([
  'alipay.trade.refund',
  'alipay.trade.cancel',
  'alipay.fund.trans.uni.transfer',
] satisfies Proposal['method'][]);

/** The editor's secret storage: each secret is there whole or not at all, for every process. */
class FolderSecrets implements SecretStore {
  readonly #folder: string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
  }

  get(name: string): Promise<string | undefined> {
    try {
      return Promise.resolve(readFileSync(this.#path(name), 'utf8'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Promise.resolve(undefined);
      throw error;
    }
  }

  store(name: string, value: string): Promise<void> {
    const beside = `${this.#path(name)}.${process.pid}.new`;
    writeFileSync(beside, value, { mode: 0o600 });
    renameSync(beside, this.#path(name));
    return Promise.resolve();
  }

  delete(name: string): Promise<void> {
    rmSync(this.#path(name), { force: true });
    return Promise.resolve();
  }

  keys(): Promise<string[]> {
    return Promise.resolve(readdirSync(this.#folder).map(decodeURIComponent));
  }

  #path(name: string): string {
    return join(this.#folder, encodeURIComponent(name));
  }
}
