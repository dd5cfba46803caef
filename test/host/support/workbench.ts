import type { Locator, Page } from 'playwright-core';

/** Colour themes by the name VS Code gives their kind. */
export const THEMES = {
  light: { setting: 'Default Light Modern', workbench: 'vs', webview: 'vscode-light' },
  dark: { setting: 'Default Dark Modern', workbench: 'vs-dark', webview: 'vscode-dark' },
  'hc-black': { setting: 'Default High Contrast', workbench: 'hc-black', webview: 'vscode-high-contrast' },
  'hc-light': { setting: 'Default High Contrast Light', workbench: 'hc-light', webview: 'vscode-high-contrast-light' },
} as const;

export type Theme = keyof typeof THEMES;

/** A person's hands on VS Code's own parts: palette, quick input, notifications, dialogs, status bar. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The open quick pick or input box. */
  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  /** A row of the open quick pick, by a part of its text. */
  quickPickRow(text: string | RegExp): Locator {
    return this.quickInput.getByRole('option').filter({ hasText: text });
  }

  /** Types into the open quick input. */
  async fillQuickInput(text: string): Promise<void> {
    await this.quickInput.locator('input[type="text"], input[type="password"]').first().fill(text);
  }

  /** Chooses a row of the open quick pick with the mouse. */
  async pick(text: string | RegExp): Promise<void> {
    await this.quickPickRow(text).first().click();
  }

  /** Types into the open input box and presses Enter. */
  async answer(text: string): Promise<void> {
    await this.fillQuickInput(text);
    await this.page.keyboard.press('Enter');
  }

  /** Runs a command from the palette by its title, with its category: `Fixture: Open Panel`. */
  async runCommand(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.quickInput.waitFor();
    await this.fillQuickInput(`>${title}`);
    await this.pick(title);
  }

  /** A notification, by a part of its text; its buttons are `getByRole('button', { name })` in it. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text });
  }

  /** VS Code's own modal dialog. */
  get dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** An entry of the status bar, by a part of its text or accessible name. */
  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text });
  }

  /** Waits until the window, then every webview in sight, has the colours of a theme: webviews hear of it later. */
  async themed(theme: Theme): Promise<void> {
    const { workbench, webview } = THEMES[theme];
    await this.page.locator(`.monaco-workbench.${workbench}`).first().waitFor();
    for (const outer of await this.page.locator('iframe.webview.ready:visible').all()) {
      const page = outer.contentFrame().frameLocator('iframe#active-frame');
      await page.locator(`body[data-vscode-theme-kind="${webview}"]`).waitFor();
    }
  }
}
