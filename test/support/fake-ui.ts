import type { Locale } from '../../src/text/index.ts';
import type { InputQuestion, PickQuestion, Ui, Warning } from '../../src/vscode/ui/ui.ts';

/** What the person does at the next question: picks by a part of the label, types, picks a file, presses the button. */
export type Answer =
  | { readonly pick: string }
  | { readonly type: string }
  | { readonly file: string }
  | { readonly press: string }
  | 'esc';

/**
 * A person at VS Code's own UI, with a script. Typing what the question refuses is noted, and the next answer goes to the
 * same question. When the script is over, everything is left with Esc.
 */
export class FakeUi implements Ui {
  readonly locale: Locale = 'en';
  /** Everything that was said, in order: notices, warnings, problems of inputs, modal dialogs. */
  readonly said: string[] = [];
  readonly asked: (PickQuestion<unknown> | InputQuestion)[] = [];
  readonly shown: { name: string; text: string }[] = [];
  /** Whether each progress was shown aside. */
  readonly aside: boolean[] = [];
  clipboard: string;
  readonly #answers: Answer[];

  constructor(answers: readonly Answer[], clipboard = '') {
    this.#answers = [...answers];
    this.clipboard = clipboard;
  }

  get left(): number {
    return this.#answers.length;
  }

  pick<Value>(question: PickQuestion<Value>): Promise<Value | undefined> {
    this.asked.push(question);
    const label = this.#next('pick');
    if (label === undefined) return Promise.resolve(undefined);
    const { choices } = question;
    const choice = choices.find((one) => one.label === label) ?? choices.find((one) => one.label.includes(label));
    if (!choice) throw new Error(`no “${label}” among ${choices.map((one) => one.label).join(', ')}`);
    return Promise.resolve(choice.value);
  }

  input(question: InputQuestion): Promise<string | undefined> {
    this.asked.push(question);
    for (;;) {
      const value = this.#next('type');
      if (value === undefined) return Promise.resolve(undefined);
      const problem = question.check(value);
      if (problem === undefined) return Promise.resolve(value);
      this.said.push(problem);
    }
  }

  openFile(): Promise<string | undefined> {
    return Promise.resolve(this.#next('file'));
  }

  saveFile(_title: string, name: string, text: string): Promise<string | undefined> {
    this.shown.push({ name, text });
    return Promise.resolve(name);
  }

  readClipboard(): Promise<string> {
    return Promise.resolve(this.clipboard);
  }

  clearClipboard(): Promise<void> {
    this.clipboard = '';
    return Promise.resolve();
  }

  confirm({ message, detail, action }: Warning): Promise<boolean> {
    this.said.push(`${message}\n${detail}`);
    return Promise.resolve(this.#next('press') === action);
  }

  inform(message: string, detail: string): Promise<void> {
    this.said.push(`${message}\n${detail}`);
    return Promise.resolve();
  }

  tell(message: string, action?: string): Promise<boolean> {
    this.said.push(message);
    const [next] = this.#answers;
    const isTaken = action !== undefined && typeof next === 'object' && 'press' in next && next.press === action;
    if (isTaken) this.#answers.shift();
    return Promise.resolve(isTaken);
  }

  warn(message: string, detail = ''): Promise<void> {
    this.said.push(`${message} ${detail}`);
    return Promise.resolve();
  }

  busy<Result>(
    _title: string,
    work: (signal: AbortSignal, say: (words: string) => void) => Promise<Result>,
    isAside = false,
  ): Promise<Result> {
    this.aside.push(isAside);
    return work(new AbortController().signal, (words) => this.said.push(words));
  }

  show(name: string, text: string): Promise<void> {
    this.shown.push({ name, text });
    return Promise.resolve();
  }

  #next(kind: 'pick' | 'type' | 'file' | 'press'): string | undefined {
    const answer = this.#answers.shift() ?? 'esc';
    if (answer === 'esc') return undefined;
    const value = (answer as Readonly<Record<string, string>>)[kind];
    if (value === undefined) throw new Error(`asked to ${kind}, but the script says ${JSON.stringify(answer)}`);
    return value;
  }
}
