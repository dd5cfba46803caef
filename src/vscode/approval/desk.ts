import { randomBytes } from 'node:crypto';
import type { Clock } from '../../alipay/clock.ts';
import { formatYuan } from '../../alipay/money.ts';
import type { ApprovalRequest, Approver, Decision } from '../../guard/approver.ts';
import { t, type Locale } from '../../text/index.ts';
import { PULSE_MS, parsePageMessage, type ApprovalView, type HostMessage } from './protocol.ts';
import { ApprovalSession, type Place } from './session.ts';
import { amountToType, kindOf, timeLeft, viewOf } from './view.ts';

/** A panel on the screen, in whatever editor. */
export interface Panel extends Place {
  post(message: HostMessage): void;
  reveal(): void;
  close(): void;
}

/** What a panel tells of itself. `closed` may come after `close()`, too. */
export interface PanelEvents {
  readonly message: (value: unknown) => void;
  /** It came into view or went out of it, got the focus or lost it. */
  readonly moved: () => void;
  readonly closed: () => void;
}

/** The editor, as far as an approval needs it. */
export interface Stage {
  /** Opens a panel in front, with the focus. */
  open(title: string, events: PanelEvents): Panel;
  /** Calls a person who looks elsewhere; resolves to true when they want to look. Must approve nothing. */
  call(text: string, review: string): Promise<boolean>;
}

const DENIED: Decision = { verdict: 'denied' };

/** Brings one request at a time before a person, on a stage. Whatever goes wrong on the way is a denial (G3). */
export class ApprovalDesk implements Approver {
  readonly #stage: Stage;
  readonly #clock: Clock;
  readonly #locale: Locale;
  #current: Showing | undefined;
  /** What was shown at the last approval: if the guard asks again, the differences are marked (G12). */
  #approved: { readonly operationId: string; readonly view: ApprovalView } | undefined;

  constructor(stage: Stage, clock: Clock, locale: Locale) {
    this.#stage = stage;
    this.#clock = clock;
    this.#locale = locale;
  }

  async ask(request: ApprovalRequest, signal: AbortSignal): Promise<Decision> {
    if (signal.aborted || this.#current?.isOpen) return DENIED;
    try {
      this.#current?.close();
      const before = this.#approved?.operationId === request.operationId ? this.#approved.view : undefined;
      const view = viewOf(this.#locale, request, request.changed ? before : undefined);
      const showing = new Showing({ request, view, stage: this.#stage, clock: this.#clock, locale: this.#locale });
      this.#current = showing;
      const decision = await showing.run(signal);
      this.#approved = decision.verdict === 'approved' ? { operationId: request.operationId, view } : undefined;
      return decision;
    } catch {
      this.#current?.close();
      return DENIED;
    }
  }

  /** Ends what is shown as a denial. */
  dispose(): void {
    this.#current?.close();
  }
}

interface ShowingParts {
  readonly request: ApprovalRequest;
  readonly view: ApprovalView;
  readonly stage: Stage;
  readonly clock: Clock;
  readonly locale: Locale;
}

/** One request on the screen, from its panel's opening until it is decided; an expired one stays to say so. */
class Showing {
  readonly #parts: ShowingParts;
  readonly #panel: Panel;
  readonly #session: ApprovalSession;
  readonly #decided = Promise.withResolvers<Decision>();
  readonly #over = new AbortController();
  #said: number;
  #wasVisible: boolean;

  constructor(parts: ShowingParts) {
    const { request, stage, clock, locale } = parts;
    this.#parts = parts;
    const title = t(locale, 'approval.tab', { kind: kindOf(locale, request), amount: formatYuan(request.fen) });
    this.#panel = stage.open(title, {
      message: (value) => this.#guarded(() => this.#receive(value)),
      moved: () => this.#guarded(() => this.#move()),
      closed: () => this.close(),
    });
    const newToken = (): string => randomBytes(32).toString('base64url');
    const typedAmount = amountToType(request);
    this.#session = new ApprovalSession({ request, typedAmount, clock, newToken }, this.#panel.visible);
    this.#said = this.#session.secondsLeft;
    this.#wasVisible = this.#panel.visible;
  }

  get isOpen(): boolean {
    return this.#session.decision === undefined;
  }

  async run(signal: AbortSignal): Promise<Decision> {
    const stop = (): void => this.#guarded(() => this.#session.giveUp());
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    void this.#pulse();
    void this.#callPerson();
    try {
      return await this.#decided.promise;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  close(): void {
    this.#session.close();
    this.#settle();
    this.#panel.close();
  }

  /** Only a panel that was out of sight begins anew: one that loses the focus, or gets it by the very click, does not. */
  #move(): void {
    const { visible } = this.#panel;
    if (visible !== this.#wasVisible) this.#session.setVisible(visible);
    this.#wasVisible = visible;
  }

  #receive(value: unknown): void {
    const { view, locale } = this.#parts;
    if (this.#session.decision) {
      if (parsePageMessage(value)?.type !== 'ready') return;
      this.#panel.post({ type: 'show', token: '', view });
      this.#panel.post({ type: 'expired' });
      return;
    }
    switch (this.#session.receive(value, this.#panel)) {
      case 'ready':
        this.#panel.post({ type: 'show', token: this.#session.show(), view });
        this.#panel.post({ type: 'pulse', left: timeLeft(locale, this.#session.secondsLeft, this.#said).left });
        return;
      case 'stale':
        return this.#panel.post({ type: 'again' });
      case 'too_soon':
        return this.#panel.post({ type: 'notice', text: view.words.readFirst });
      case 'inactive':
        return this.#panel.post({ type: 'notice', text: t(locale, 'approval.inactive') });
      case 'wrong_amount':
        return this.#panel.post({ type: 'notice', text: view.typed?.wrong ?? '' });
      case 'nothing':
      case 'decided':
        return;
    }
  }

  /** Tells the page every second that the extension lives, and how much time is left. */
  async #pulse(): Promise<void> {
    try {
      while (this.isOpen) {
        await this.#parts.clock.wait(PULSE_MS, this.#over.signal);
        this.#guarded(() => this.#beat());
      }
    } catch {
      if (this.isOpen) this.close(); // the clock failed
    }
  }

  #beat(): void {
    if (this.#session.tick()) return;
    const seconds = this.#session.secondsLeft;
    if (this.#panel.visible) {
      this.#panel.post({ type: 'pulse', ...timeLeft(this.#parts.locale, seconds, this.#said) });
    }
    this.#said = seconds;
  }

  async #callPerson(): Promise<void> {
    const { stage, locale, request } = this.#parts;
    const values = { kind: kindOf(locale, request), amount: formatYuan(request.fen) };
    try {
      const wanted = await stage.call(t(locale, 'approval.notification', values), t(locale, 'approval.review'));
      if (wanted && this.isOpen) this.#panel.reveal();
    } catch {
      // Nobody could be called; the panel is there all the same.
    }
  }

  #guarded(step: () => void): void {
    try {
      step();
      this.#settle();
    } catch {
      this.close();
    }
  }

  /** Once decided: hands the decision over and clears the screen, but for what a late person should read. */
  #settle(): void {
    const { decision } = this.#session;
    if (!decision || this.#over.signal.aborted) return;
    this.#over.abort();
    this.#decided.resolve(decision);
    if (decision.verdict === 'expired') this.#panel.post({ type: 'expired' });
    else this.#panel.close();
  }
}
