import type { Locale } from '../../text/index.ts';

export interface Choice<Value> {
  readonly label: string;
  /** Behind the label, on its line. */
  readonly description?: string;
  /** Under the label. */
  readonly detail?: string;
  readonly value: Value;
}

export interface PickQuestion<Value> {
  readonly title: string;
  readonly placeholder: string;
  readonly choices: readonly Choice<Value>[];
}

export interface InputQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly value?: string;
  readonly placeholder?: string;
  /** Typed letters are not shown, and never come back in a later question. */
  readonly secret?: boolean;
  /** What is wrong with what was typed so far, in a sentence; nothing when it can be taken. */
  readonly check: (value: string) => string | undefined;
}

export interface Warning {
  readonly message: string;
  readonly detail: string;
  /** The one button that says yes. */
  readonly action: string;
}

/**
 * VS Code's own UI, as far as a person's decisions need it: no page of ours, nothing a command could answer for them in
 * the one question that matters (`confirm`). Undefined and false are what leaving a question means, always.
 */
export interface Ui {
  readonly locale: Locale;
  pick<Value>(question: PickQuestion<Value>): Promise<Value | undefined>;
  input(question: InputQuestion): Promise<string | undefined>;
  /** The text of a file the person picks; undefined when none was. @throws InputError when it cannot be a key's. */
  openFile(title: string): Promise<string | undefined>;
  /** Writes a text to a file the person picks. @returns its name; undefined when none was picked. */
  saveFile(title: string, name: string, text: string): Promise<string | undefined>;
  readClipboard(): Promise<string>;
  clearClipboard(): Promise<void>;
  /** Asks in a modal dialog. */
  confirm(warning: Warning): Promise<boolean>;
  /** Says something in a modal dialog that only closes. */
  inform(message: string, detail: string): Promise<void>;
  /** Says something by the way; `action` is offered with it. True when that was taken. */
  tell(message: string, action?: string): Promise<boolean>;
  /** Says why something was not taken, in a modal dialog: a notice by the way would be cut off, or missed. */
  warn(message: string, detail?: string): Promise<void>;
  /**
   * Shows that something is going on; its signal aborts when the person stops it.
   *
   * @param isAside in the status bar, where it covers nothing a person has to read or press, and cannot be stopped.
   */
  busy<Result>(
    title: string,
    work: (signal: AbortSignal, say: (words: string) => void) => Promise<Result>,
    isAside?: boolean,
  ): Promise<Result>;
  /** Opens a text to read. */
  show(name: string, text: string): Promise<void>;
}
