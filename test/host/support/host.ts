import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { startServer, type ServerOptions, type VscodeServer } from './server.ts';
import { packVsix } from './vsix.ts';
import { launchBrowser, VscodeWindow, type WindowOptions } from './window.ts';
import { THEMES, type Theme } from './workbench.ts';

const HELPER = resolve(import.meta.dirname, '../helper');

/** A VS Code server with the test helper installed beside the given extensions, and a browser to look at it. */
export class Host {
  readonly server: VscodeServer;
  readonly browser: Browser;

  private constructor(server: VscodeServer, browser: Browser) {
    this.server = server;
    this.browser = browser;
  }

  /** Takes about 5 s, and a minute the first time on a machine. The caller calls `stop`. */
  static async start(options: ServerOptions): Promise<Host> {
    const server = await startServer({ ...options, extensions: [packVsix(HELPER), ...options.extensions] });
    try {
      return new Host(server, await launchBrowser());
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** Opens a window and waits until its extension host can be reached. */
  async openWindow(options: WindowOptions = {}): Promise<VscodeWindow> {
    const window = await VscodeWindow.open(this.browser, this.server, options);
    return window.ready();
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
  }
}

/** Gives a window, and the webviews in it, the colours of a theme. */
export async function useTheme(window: VscodeWindow, theme: Theme): Promise<void> {
  await window.bridge.setting('workbench.colorTheme', THEMES[theme].setting);
  await window.workbench.themed(theme);
}
