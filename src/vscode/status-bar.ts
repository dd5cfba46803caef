import * as vscode from 'vscode';
import type { Locale } from '../text/index.ts';
import { t } from '../text/index.ts';
import type { ProfileStore } from './profiles/profile-store.ts';
import { statusOf } from './profiles/status.ts';

const COLOURS = { error: 'statusBarItem.errorBackground', warning: 'statusBarItem.warningBackground' } as const;

/** Always shows which profile is in use, or that something is locked; a click switches it, or leads out of the lock. */
export class StatusBar {
  readonly #item: vscode.StatusBarItem;
  readonly #subscriptions: { dispose(): unknown }[];
  readonly #store: ProfileStore;
  readonly #locale: Locale;

  constructor(store: ProfileStore, locale: Locale) {
    this.#store = store;
    this.#locale = locale;
    this.#item = vscode.window.createStatusBarItem('alipay.profile', vscode.StatusBarAlignment.Left, 50);
    this.#item.name = t(locale, 'status.name');
    this.#item.command = 'alipay.switchProfile';
    this.#item.text = t(locale, 'status.name');
    this.#item.show();
    const update = (): void => void this.#update();
    this.#subscriptions = [
      store.onDidChange(update),
      vscode.window.onDidChangeWindowState(({ focused }) => focused && update()),
    ];
    update();
  }

  dispose(): void {
    this.#item.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #update(): Promise<void> {
    try {
      const { text, tooltip, colour, command } = statusOf(this.#locale, await this.#store.load());
      this.#item.text = text;
      this.#item.tooltip = tooltip;
      this.#item.command = command;
      this.#item.backgroundColor = colour && new vscode.ThemeColor(COLOURS[colour]);
    } catch {
      // Which profile is in use cannot be told now: the last one shown might be wrong.
      this.#item.text = `$(question) ${t(this.#locale, 'status.name')}`;
      this.#item.backgroundColor = undefined;
    }
  }
}

/** Stands beside it while the ledger locks money-out; a click leads to the decision. */
export class LedgerLockItem {
  readonly #item: vscode.StatusBarItem;
  readonly #locale: Locale;

  constructor(locale: Locale) {
    this.#locale = locale;
    this.#item = besideProfile('alipay.ledgerLock', locale);
    this.#item.text = t(locale, 'ledger.status');
    this.#item.command = 'alipay.reviewLock';
  }

  show(why: string | undefined): void {
    this.#item.tooltip = why && t(this.#locale, 'ledger.status.tooltip', { what: why });
    if (why === undefined) this.#item.hide();
    else this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}

/** Stands beside it while money operations are in doubt; a click lists them. */
export class InDoubtItem {
  readonly #item: vscode.StatusBarItem;
  readonly #locale: Locale;

  constructor(locale: Locale) {
    this.#locale = locale;
    this.#item = besideProfile('alipay.inDoubt', locale);
    this.#item.command = 'alipay.resolveByHand';
    this.#item.tooltip = t(locale, 'in_doubt.tooltip');
  }

  show(count: number): void {
    this.#item.text = t(this.#locale, 'in_doubt.status', { count });
    if (count > 0) this.#item.show();
    else this.#item.hide();
  }

  dispose(): void {
    this.#item.dispose();
  }
}

function besideProfile(id: string, locale: Locale): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem(id, vscode.StatusBarAlignment.Left, 49);
  item.name = t(locale, 'status.name');
  item.backgroundColor = new vscode.ThemeColor(COLOURS.warning);
  return item;
}
