import type { Clock } from '../../alipay/clock.ts';
import type { ApprovalRequest, Decision } from '../../guard/approver.ts';
import { FIRST_SECOND_MS, parsePageMessage, type PageMessage } from './protocol.ts';

/** Without a heartbeat of the visible page for this long, the request is denied. */
const SILENCE_MS = 10_000;
/** How long a page may take to load and be drawn before its first heartbeat; nothing can be approved meanwhile. */
const LOADING_MS = 30_000;

export interface SessionParts {
  readonly request: Pick<ApprovalRequest, 'digest' | 'expiresAt'>;
  /** What must be typed to approve (production), or undefined. */
  readonly typedAmount: string | undefined;
  readonly clock: Clock;
  /** A random token for each showing. */
  readonly newToken: () => string;
}

/** Where the panel is when a message of its page arrives. */
export interface Place {
  readonly visible: boolean;
  readonly active: boolean;
}

/** What a message of the page came to. */
export type Receipt =
  | 'nothing'
  /** The page wants to be drawn. */
  | 'ready'
  /** A living page with a token of an earlier showing. */
  | 'stale'
  /** A click in the first second. */
  | 'too_soon'
  /** A click that would have counted in an active panel. */
  | 'inactive'
  | 'wrong_amount'
  | 'decided';

/**
 * The rules of one request before a person (G3, G5): what may approve it, and everything that denies it. It keeps no timer
 * and draws nothing: it is told what happens, and reads the clock.
 */
export class ApprovalSession {
  readonly #parts: SessionParts;
  readonly #endsAt: number;
  /** Of the showing under way; undefined while nothing is shown, so that no message counts. */
  #token: string | undefined;
  /** Monotonic ms from which on clicks count: a second after the first heartbeat, which says that the page is drawn. */
  #armedAt: number | undefined;
  #silentSince: number;
  #onScreen: boolean;
  #decision: Decision | undefined;

  /** `visible`: whether the panel is on the screen from the start. */
  constructor(parts: SessionParts, visible: boolean) {
    const { clock, request } = parts;
    this.#parts = parts;
    this.#endsAt = clock.monotonic() + (request.expiresAt - clock.now());
    this.#silentSince = clock.monotonic();
    this.#onScreen = visible;
  }

  get decision(): Decision | undefined {
    return this.#decision;
  }

  /** Whole seconds until it expires, by whichever clock is further. */
  get secondsLeft(): number {
    const { clock, request } = this.#parts;
    const left = Math.min(request.expiresAt - clock.now(), this.#endsAt - clock.monotonic());
    return Math.max(0, Math.ceil(left / 1000));
  }

  /** Starts a showing. @returns the one-time token of it, for the page. */
  show(): string {
    this.#conceal();
    this.#onScreen = true;
    this.#token = this.#parts.newToken();
    return this.#token;
  }

  /** The panel came into view or went out of it. Either way, what was shown before counts for nothing any more. */
  setVisible(visible: boolean): void {
    this.#conceal();
    this.#onScreen = visible;
  }

  receive(value: unknown, place: Place): Receipt {
    if (this.tick() || !place.visible) return 'nothing';
    const message = parsePageMessage(value);
    switch (message?.type) {
      case 'ready':
        return 'ready';
      case 'hidden':
        this.setVisible(false);
        return 'nothing';
      case 'heartbeat':
        return this.#heartbeat(message.token);
      case 'approve':
        return this.#approve(message, place);
      case 'deny':
        return this.#judge(message.token) ?? this.#decide({ verdict: 'denied', ...spoken(message.reason) });
      case undefined:
        return 'nothing';
    }
  }

  /** Time passed: expiry, and the silence of a visible page. @returns the decision, if there is one. */
  tick(): Decision | undefined {
    if (this.#decision) return this.#decision;
    const silence = this.#armedAt === undefined ? LOADING_MS : SILENCE_MS;
    if (this.secondsLeft === 0) this.#decide({ verdict: 'expired' });
    else if (this.#onScreen && this.#parts.clock.monotonic() - this.#silentSince >= silence) this.close();
    return this.#decision;
  }

  /** Nobody waits for the answer any more: a denial, or its end by time where only the last second was left. */
  giveUp(): void {
    this.#decide({ verdict: this.secondsLeft <= 1 ? 'expired' : 'denied' });
  }

  /** The panel was closed or something failed: a denial, unless it was decided before. */
  close(): void {
    this.#decide({ verdict: 'denied' });
  }

  #heartbeat(token: string): Receipt {
    if (this.#token === undefined || token !== this.#token) return 'stale';
    const now = this.#parts.clock.monotonic();
    this.#silentSince = now;
    this.#armedAt ??= now + FIRST_SECOND_MS;
    return 'nothing';
  }

  #approve(message: PageMessage & { type: 'approve' }, place: Place): Receipt {
    const { request, typedAmount } = this.#parts;
    if (message.digest !== request.digest) return 'nothing';
    const unfit = this.#judge(message.token);
    if (unfit) return unfit;
    if (!place.active) return 'inactive';
    if (typedAmount !== undefined && message.typedAmount !== typedAmount) return 'wrong_amount';
    return this.#decide({ verdict: 'approved', digest: message.digest });
  }

  /** Why a click counts for nothing, or undefined where it counts. */
  #judge(token: string): Receipt | undefined {
    if (!this.#onScreen || this.#token === undefined || token !== this.#token) return 'nothing';
    const drawn = this.#armedAt !== undefined && this.#parts.clock.monotonic() >= this.#armedAt;
    return drawn ? undefined : 'too_soon';
  }

  #conceal(): void {
    this.#token = undefined;
    this.#armedAt = undefined;
    this.#silentSince = this.#parts.clock.monotonic();
  }

  #decide(decision: Decision): Receipt {
    this.#decision ??= decision;
    return 'decided';
  }
}

function spoken(reason: string | undefined): { reason?: string } {
  const text = reason?.trim() ?? '';
  return text === '' ? {} : { reason: text };
}
