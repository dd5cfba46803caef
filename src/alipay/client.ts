import { say } from '../text/index.ts';
import { formatBeijing } from './beijing-time.ts';
import type { Clock } from './clock.ts';
import { RefusedError } from './errors.ts';
import { GrantError, isGenuine, type Grant } from './grant.ts';
import { levelAllows, methodFacts } from './methods.ts';
import { judge, unknown, type Outcome } from './outcome.ts';
import { digestOf, freeze, type Call, type Prepared } from './prepared.ts';
import { parseGateway, type Credentials, type Profile } from './profile.ts';
import { signParams, type Params } from './signature.ts';

const TIMEOUT_MS = 15_000;
/** Alipay's answers are some kilobytes. */
const MAX_ANSWER_BYTES = 1024 * 1024;
/** The official SDKs keep the business parameters in the form and everything else in the query (§1.2). */
const IN_FORM = new Set(['biz_content', 'grant_type', 'code', 'refresh_token']);

export interface ClientOptions {
  readonly profile: Profile;
  readonly credentials: Credentials;
  readonly clock: Clock;
  /** VS Code patches the global one with its proxy and certificates; tests may wrap it. */
  readonly fetch?: typeof globalThis.fetch;
  readonly timeoutMs?: number;
  /** Told the gateway's own time (its `Date` header, ms) with each answer, for the clock check of G9. */
  readonly onGatewayTime?: (gatewayMs: number, localMs: number) => void;
  /**
   * From when it aborts nothing is signed, and nothing is waited for but the answer to a money-out request that has been
   * sent: what became of that has to be known.
   */
  readonly end?: AbortSignal;
}

/**
 * The one door to the gateway. It signs, sends once, verifies and judges; it never retries. A money-out method needs a
 * grant (G4), whoever calls.
 */
export class AlipayClient {
  readonly profile: Profile;
  readonly #options: ClientOptions;
  readonly #mine = new WeakSet<Prepared>();

  constructor(options: ClientOptions) {
    parseGateway(options.profile.gateway);
    this.profile = options.profile;
    this.#options = options;
  }

  /** Freezes a call to the bytes that will be signed, and digests them. */
  prepare(call: Call): Prepared {
    const prepared = freeze(this.profile.gateway, this.profile.appId, call);
    this.#mine.add(prepared);
    return prepared;
  }

  /**
   * Signs and sends one prepared call, and says how it ended.
   *
   * @param options.grant needed for money-out; it is redeemed after signing, right before the first byte leaves.
   * @param options.signal stops the waiting. Ignored for money-out: once redeemed, nothing cancels.
   * @throws RefusedError when the profile's level does not allow the method, or the client has ended.
   * @throws GrantError, or whatever redeeming throws, when a money-out call is not granted. Nothing was sent then.
   */
  async send(prepared: Prepared, options: { grant?: Grant; signal?: AbortSignal } = {}): Promise<Outcome> {
    const { kind } = methodFacts(prepared.method);
    this.#checkSendable(prepared);
    const guarded = kind === 'money-out';
    if (guarded && !isGenuine(options.grant)) throw new GrantError(`${prepared.method} needs a person's approval`);
    const params = await this.#sign(prepared);
    if (guarded) await options.grant?.redeem(digestOf(prepared));
    return this.#exchange(prepared, params, guarded ? [] : [options.signal, this.#options.end]);
  }

  /** A signed link for the buyer's browser (`page.pay`, `wap.pay`): nothing is sent from here. */
  async signedUrl(prepared: Prepared): Promise<string> {
    this.#checkMadeInto(prepared, 'link');
    return `${this.profile.gateway}?${encode(await this.#sign(prepared))}`;
  }

  /** The order string an app hands to the Alipay SDK (`app.pay`): nothing is sent from here. */
  async orderString(prepared: Prepared): Promise<string> {
    this.#checkMadeInto(prepared, 'order string');
    return encode(await this.#sign(prepared));
  }

  /** Whoever holds a signed link can send it: only what a buyer opens may leave as one (G4). */
  #checkMadeInto(prepared: Prepared, form: 'link' | 'order string'): void {
    if (methodFacts(prepared.method).madeInto !== form) throw new GrantError(`${prepared.method} is no ${form}`);
    this.#checkSendable(prepared);
  }

  #checkSendable(prepared: Prepared): void {
    if (!this.#mine.has(prepared)) throw new GrantError('this request was not prepared by this client');
    if (prepared.digest !== digestOf(prepared)) throw new GrantError('the request is not the one that was digested');
    const { kind } = methodFacts(prepared.method);
    if (!levelAllows(this.profile.level, kind)) {
      throw new RefusedError(
        say('level.too_low', { profile: this.profile.label, level: this.profile.level, needed: kind }),
      );
    }
  }

  /** @throws RefusedError when the client has ended, before it signs or meanwhile. */
  async #sign(prepared: Prepared): Promise<Params> {
    const { clock, credentials } = this.#options;
    this.#checkOngoing();
    const unsigned: Params = {
      app_id: prepared.appId,
      method: prepared.method,
      format: 'JSON',
      charset: 'utf-8',
      sign_type: 'RSA2',
      timestamp: formatBeijing(clock.now()),
      version: '1.0',
      ...credentials.certificateParams,
      ...prepared.params,
      ...(prepared.bizContent === undefined ? {} : { biz_content: prepared.bizContent }),
    };
    const sign = await signParams(unsigned, credentials.privateKey);
    this.#checkOngoing();
    return { ...unsigned, sign };
  }

  #checkOngoing(): void {
    if (this.#options.end?.aborted) throw new RefusedError(say('client.ended'), say('client.ended.next'));
  }

  /** @param stops what ends the waiting, besides the time-out. */
  async #exchange(prepared: Prepared, params: Params, stops: readonly (AbortSignal | undefined)[]): Promise<Outcome> {
    const stop = AbortSignal.any(stops.filter((signal) => signal !== undefined));
    const timeoutMs = this.#options.timeoutMs ?? TIMEOUT_MS;
    const timer = AbortSignal.timeout(timeoutMs);
    const { fetch = globalThis.fetch, credentials } = this.#options;
    const entries = Object.entries(params);
    try {
      const response = await fetch(`${prepared.gateway}?${encode(pick(entries, (name) => !IN_FORM.has(name)))}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
        body: encode(pick(entries, (name) => IN_FORM.has(name))),
        redirect: 'manual',
        signal: AbortSignal.any([timer, stop]),
      });
      this.#noteTime(response.headers.get('date'));
      if (response.status !== 200) {
        await response.body?.cancel();
        return unknown('http', say('outcome.http', { status: response.status }));
      }
      const body = await readCapped(response);
      if (body === undefined) return unknown('too_large', say('outcome.too_large', { limit: MAX_ANSWER_BYTES }));
      return await judge(body, prepared, credentials);
    } catch {
      // Whether the request had left when it failed cannot be told from here: the outcome is unknown, never "failed".
      if (timer.aborted) return unknown('timeout', say('outcome.timeout', { seconds: Math.round(timeoutMs / 1000) }));
      return stop.aborted ? unknown('aborted', say('outcome.aborted')) : unknown('network', say('outcome.network'));
    }
  }

  #noteTime(header: string | null): void {
    const gatewayMs = header === null ? Number.NaN : Date.parse(header);
    if (!Number.isNaN(gatewayMs)) this.#options.onGatewayTime?.(gatewayMs, this.#options.clock.now());
  }
}

function encode(params: Params): string {
  return new URLSearchParams(params).toString();
}

function pick(entries: [string, string][], wanted: (name: string) => boolean): Params {
  return Object.fromEntries(entries.filter(([name]) => wanted(name)));
}

/** Reads the body as strict UTF-8, or undefined where it is longer than the cap. @throws TypeError on other bytes. */
async function readCapped(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) return undefined;
    chunks.push(chunk);
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
}
