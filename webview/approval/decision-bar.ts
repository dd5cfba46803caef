import { LONGEST_REASON, type ApprovalView } from '../../src/vscode/approval/protocol.ts';
import { el } from '../shared/dom.ts';

export interface Answers {
  /** With what was typed into the amount's box, where there is one. */
  readonly approve: (typedAmount: string | undefined) => void;
  readonly deny: (reason: string) => void;
}

/**
 * The two buttons and what belongs to them. Only trusted events count, and only a press that began when the bar was
 * live: neither a script nor a finger that was already down decides anything (G5).
 */
export class DecisionBar {
  readonly element: HTMLElement;
  readonly #view: ApprovalView;
  readonly #answers: Answers;
  readonly #status = el('p', { class: 'status', id: 'status', role: 'status' });
  readonly #amount: HTMLInputElement;
  readonly #reason: HTMLInputElement;
  readonly #deny: HTMLButtonElement;
  readonly #approve: HTMLButtonElement;
  #live = false;
  #pressBeganLive = false;

  constructor(view: ApprovalView, answers: Answers) {
    const { words, typed } = view;
    this.#view = view;
    this.#answers = answers;
    const plain = { type: 'text', autocomplete: 'off', spellcheck: 'false' };
    this.#amount = el('input', { ...plain, id: 'amount', inputmode: 'decimal', 'aria-describedby': 'amount-hint' });
    this.#reason = el('input', {
      ...plain,
      id: 'reason',
      maxlength: String(LONGEST_REASON),
      placeholder: words.reasonHint,
    });
    this.#deny = el('button', { type: 'button', class: 'deny', 'aria-describedby': 'status' }, words.deny);
    this.#approve = el('button', { type: 'button', class: 'approve', 'aria-describedby': 'status' }, words.approve);
    const amountBox = el(
      'div',
      { class: 'field amount' },
      el(
        'div',
        { class: 'label' },
        el('label', { for: 'amount' }, words.amount),
        el('p', { class: 'hint', id: 'amount-hint' }, typed?.hint),
      ),
      this.#amount,
    );
    this.element = el(
      'div',
      { class: 'bar' },
      el(
        'div',
        { class: 'column' },
        el('p', { class: 'short' }, `${words.digest} `, el('code', {}, view.signed.short)),
        el(
          'div',
          { class: 'answers' },
          el('div', { class: 'field reason' }, el('label', { for: 'reason' }, words.reason), this.#reason),
          typed ? amountBox : undefined,
          el('div', { class: 'decide' }, this.#status, el('div', { class: 'buttons' }, this.#deny, this.#approve)),
        ),
      ),
    );
    this.#listen();
    this.sleep(words.readFirst);
  }

  /** Makes everything inert, and says why. */
  sleep(why: string): void {
    this.#live = false;
    this.say(why);
    for (const button of [this.#deny, this.#approve]) button.setAttribute('aria-disabled', 'true');
  }

  wake(): void {
    this.#live = true;
    this.say('');
    for (const button of [this.#deny, this.#approve]) button.removeAttribute('aria-disabled');
  }

  say(text: string): void {
    this.#status.textContent = text;
  }

  focus(): void {
    this.#deny.focus();
  }

  /** Denies from the keyboard, wherever the focus is. */
  escape(event: KeyboardEvent): void {
    if (this.#live && event.isTrusted && !event.repeat && !event.isComposing) this.#answers.deny(this.#reason.value);
  }

  #listen(): void {
    for (const button of [this.#deny, this.#approve]) {
      button.addEventListener('pointerdown', () => this.#press());
      button.addEventListener('keydown', (event) => {
        if (event.repeat) event.preventDefault();
        else this.#press();
      });
    }
    this.#deny.addEventListener('click', (event) => {
      if (this.#counts(event)) this.#answers.deny(this.#reason.value);
    });
    this.#approve.addEventListener('click', (event) => {
      if (this.#counts(event)) this.#tryToApprove();
    });
  }

  #press(): void {
    this.#pressBeganLive = this.#live;
  }

  #counts(event: MouseEvent): boolean {
    const counts = event.isTrusted && this.#live && this.#pressBeganLive;
    this.#pressBeganLive = false;
    return counts;
  }

  #tryToApprove(): void {
    const { typed } = this.#view;
    if (!typed) return this.#answers.approve(undefined);
    if (this.#amount.value === typed.amount) return this.#answers.approve(this.#amount.value);
    this.#amount.setAttribute('aria-invalid', 'true');
    this.#amount.focus();
    this.say(this.#amount.value === '' ? typed.hint : typed.wrong);
  }
}
