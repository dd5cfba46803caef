import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { InputError } from '../../alipay/errors.ts';
import { say, type Locale } from '../../text/index.ts';
import type { InputQuestion, PickQuestion, Ui, Warning } from './ui.ts';

/** Certificates and keys are a few kilobytes; anything much larger is another file. */
const MOST_BYTES = 256 * 1024;

/** VS Code's own questions. They stay when the window loses the focus, so that a person can go and copy something. */
export class NativeUi implements Ui {
  readonly locale: Locale;
  readonly #documents: { show(name: string, text: string): Promise<void> };

  constructor(locale: Locale, documents: { show(name: string, text: string): Promise<void> }) {
    this.locale = locale;
    this.#documents = documents;
  }

  async pick<Value>({ title, placeholder: placeHolder, choices }: PickQuestion<Value>): Promise<Value | undefined> {
    const options = { title, placeHolder, ignoreFocusOut: true, matchOnDescription: true, matchOnDetail: true };
    return (await vscode.window.showQuickPick([...choices], options))?.value;
  }

  async input({ title, prompt, value, placeholder, secret, check }: InputQuestion): Promise<string | undefined> {
    return vscode.window.showInputBox({
      title,
      prompt,
      ...(value === undefined ? {} : { value }),
      ...(placeholder === undefined ? {} : { placeHolder: placeholder }),
      password: secret ?? false,
      ignoreFocusOut: true,
      validateInput: check,
    });
  }

  async openFile(title: string): Promise<string | undefined> {
    const [file] = (await vscode.window.showOpenDialog({ title, canSelectMany: false })) ?? [];
    if (!file) return undefined;
    const name = file.path.split('/').at(-1) ?? '';
    const { size } = await vscode.workspace.fs.stat(file);
    if (size > MOST_BYTES) throw new InputError(say('file.too_large', { name }));
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(await vscode.workspace.fs.readFile(file));
    } catch {
      throw new InputError(say('file.not_text', { name }));
    }
  }

  async saveFile(title: string, name: string, text: string): Promise<string | undefined> {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const defaultUri = folder ? vscode.Uri.joinPath(folder.uri, name) : vscode.Uri.file(join(homedir(), name));
    const file = await vscode.window.showSaveDialog({ title, defaultUri });
    if (!file) return undefined;
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    return file.path.split('/').at(-1);
  }

  async readClipboard(): Promise<string> {
    return vscode.env.clipboard.readText();
  }

  async clearClipboard(): Promise<void> {
    await vscode.env.clipboard.writeText('');
  }

  async confirm({ message, detail, action }: Warning): Promise<boolean> {
    return (await vscode.window.showWarningMessage(message, { modal: true, detail }, action)) === action;
  }

  async inform(message: string, detail: string): Promise<void> {
    await vscode.window.showInformationMessage(message, { modal: true, detail });
  }

  async tell(message: string, action?: string): Promise<boolean> {
    if (action !== undefined) return (await vscode.window.showInformationMessage(message, action)) === action;
    void vscode.window.showInformationMessage(message); // nobody waits until it is put away
    return false;
  }

  async warn(message: string, detail?: string): Promise<void> {
    await vscode.window.showWarningMessage(message, { modal: true, ...(detail === undefined ? {} : { detail }) });
  }

  async busy<Result>(
    title: string,
    work: (signal: AbortSignal, say: (words: string) => void) => Promise<Result>,
    isAside = false,
  ): Promise<Result> {
    const location = isAside ? vscode.ProgressLocation.Window : vscode.ProgressLocation.Notification;
    const options = { location, title, cancellable: !isAside };
    return vscode.window.withProgress(options, async (progress, token) => {
      const stop = new AbortController();
      const stopped = token.onCancellationRequested(() => stop.abort());
      try {
        return await work(stop.signal, (message) => progress.report({ message }));
      } finally {
        stopped.dispose();
      }
    });
  }

  show(name: string, text: string): Promise<void> {
    return this.#documents.show(name, text);
  }
}
