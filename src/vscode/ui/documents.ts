import * as vscode from 'vscode';

const SCHEME = 'alipay-result';

/**
 * Texts to read, as documents nobody can change and nothing asks to save; gone when they are closed. VS Code wraps the
 * lines of Markdown, so that is what they are called.
 */
export class Documents implements vscode.TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  readonly #subscriptions: vscode.Disposable[];
  #count = 0;

  constructor() {
    this.#subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    ];
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  async show(name: string, text: string): Promise<void> {
    this.#count += 1;
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name} ${this.#count}.md` });
    this.#texts.set(uri.toString(), text);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
