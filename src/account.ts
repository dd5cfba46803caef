import { AlipayClient } from './alipay/client.ts';
import type { Clock } from './alipay/clock.ts';
import { RefusedError } from './alipay/errors.ts';
import { accountOf, type Credentials, type Profile } from './alipay/profile.ts';
import { downloadBill, isBillHost, readBill } from './bills/index.ts';
import { Guard } from './guard/index.ts';
import { waitsFor } from './guard/waits.ts';
import type { Ledger, Limits } from './ledger/index.ts';
import { say, type Locale, type Sentence } from './text/index.ts';
import type { BillReader, KnownTransfers, TokenStore } from './tools/context.ts';
import { createRunner, type Runner } from './tools/run.ts';

/** A busy merchant's month is some tens of megabytes. */
const MAX_BILL_BYTES = 64 * 1024 * 1024;

export interface AccountParts {
  readonly profile: Profile;
  readonly credentials: Credentials;
  /** Undefined where it cannot be opened: then everything but money-out works, and `lock` says why. */
  readonly ledger: Ledger | undefined;
  /** What a person allowed; undefined: nobody did, so money-out is off. */
  readonly limits: Limits | undefined;
  /** Why no money moves until a person has decided. */
  readonly lock?: Sentence | undefined;
  /** Whether profile, key, level, limits and lock are still these. */
  readonly isCurrent?: (() => Promise<boolean>) | undefined;
  readonly tokens: TokenStore;
  readonly clock: Clock;
  readonly locale: Locale;
  readonly onFault: (tool: string, fault: unknown) => void;
}

export interface Account {
  readonly runner: Runner;
  /**
   * Denies what waits and signs nothing more, both before it returns, and lets what was sent be recorded. The ledger stays
   * open: it is its owner's to close.
   */
  close(): Promise<void>;
}

/** Joins client, guard and tools over one profile and a ledger: what every root does before it serves anybody. */
export function openAccount(parts: AccountParts): Account {
  const { profile, credentials, ledger, limits, lock, isCurrent, tokens, clock, locale, onFault } = parts;
  const end = new AbortController();
  const client: AlipayClient = new AlipayClient({
    profile,
    credentials,
    clock,
    onGatewayTime: (gatewayMs, localMs) => guard?.noteGatewayTime(gatewayMs, localMs),
    end: end.signal,
  });
  const guard = ledger && new Guard({ client, ledger, clock, waits: waitsFor(profile.band), limits, lock, isCurrent });
  guard?.recover();
  const bills = billReader(profile);
  const transfers = knownTransfers(ledger, accountOf(profile));
  const runner = createRunner({ client, guard: guard ?? shut(lock), clock, locale, tokens, bills, transfers, onFault });
  return {
    runner,
    async close() {
      const denied = guard?.dispose();
      end.abort();
      await denied;
    },
  };
}

/** In place of a guard that cannot be: refuses everything. */
function shut(lock: Sentence | undefined): Pick<Guard, 'execute'> {
  return { execute: () => Promise.reject(new RefusedError(lock ?? say('ledger.unusable'), say('ledger.fault.next'))) };
}

/** Bills lie where the gateway is, and those of Alipay's gateways also on its other hosts. */
function billReader({ gateway, band }: Profile): BillReader {
  const { origin } = new URL(gateway);
  const allowedHost = (url: URL): boolean => url.origin === origin || (band !== 'local-sandbox' && isBillHost(url));
  return {
    async read(link, signal) {
      const options = { fetch: globalThis.fetch, signal, maxBytes: MAX_BILL_BYTES, allowedHost };
      return readBill(await downloadBill(link, options));
    },
  };
}

function knownTransfers(ledger: Ledger | undefined, account: string): KnownTransfers {
  return {
    find(outBizNo) {
      const operation = ledger?.byNumber(account, 'alipay.fund.trans.uni.transfer', outBizNo);
      const content = JSON.parse(operation?.bizContent ?? '{}') as Partial<Record<string, unknown>>;
      const { product_code, biz_scene } = content;
      return typeof product_code === 'string' && typeof biz_scene === 'string'
        ? { product_code, biz_scene }
        : undefined;
    },
  };
}
