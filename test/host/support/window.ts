import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type FrameLocator, type Page } from 'playwright-core';
import { provideBrowser } from '../../../scripts/host/browser.mjs';
import { Bridge } from './bridge.ts';
import type { VscodeServer } from './server.ts';
import { Workbench } from './workbench.ts';

export interface WindowOptions {
  /** The folder to open; the server's workspace unless given. Two windows at once need two folders. */
  folder?: string;
  /** What `vscode.env.language` says. VS Code's own texts stay English: there is no language pack here. */
  language?: 'en' | 'zh-cn';
  /** Whether VS Code's own chat is there (the default). Without it an extension host is up in half the time. */
  chat?: boolean;
  /** Opens it in the browser profile of this window, and so over the same secrets. */
  beside?: VscodeWindow;
  /** More of the address: what an `extensionTestsPath` run needs. */
  payload?: readonly (readonly [string, string])[];
  /** Called with the page before anything is loaded into it. */
  prepare?: (page: Page) => Promise<void>;
}

/** Starts the browser of `provideBrowser`; the caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, args, env } = await provideBrowser();
  return chromium.launch({ executablePath, args, env, headless: true });
}

/** What is open, for a report of what was on the screen when a test failed. */
export const openWindows = new Set<VscodeWindow>();

/** A VS Code window in a browser profile of its own: settings, secrets and chat history begin empty. */
export class VscodeWindow {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly bridge: Bridge;
  readonly workbench: Workbench;

  private constructor(page: Page, bridge: Bridge) {
    this.page = page;
    this.context = page.context();
    this.bridge = bridge;
    this.workbench = new Workbench(page);
  }

  static async open(browser: Browser, server: VscodeServer, options: WindowOptions = {}): Promise<VscodeWindow> {
    const language = options.language ?? 'en';
    const context = options.beside?.context ?? (await newProfile(browser, language, server));
    const page = await context.newPage();
    await page.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(language)};`);
    if (!options.beside && (options.chat ?? true)) await enableChat(page, server.origin);
    await options.prepare?.(page);
    const folder = options.folder ?? server.workspace;
    const query = new URLSearchParams({ folder });
    if (options.payload) query.set('payload', JSON.stringify(options.payload));
    await page.goto(`${server.origin}/?${query.toString()}`);
    const window = new VscodeWindow(page, new Bridge(server.bridgeDir, folder));
    openWindows.add(window);
    page.once('close', () => openWindows.delete(window));
    return window;
  }

  /** Waits until the workbench is drawn and the test helper in its extension host answers. */
  async ready(): Promise<this> {
    await this.page.locator('.monaco-workbench .statusbar').waitFor();
    await this.bridge.connect();
    return this;
  }

  /** Reloads the window as a person does; the extension host is a new one afterwards. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** Ends the extension host as a crash does and waits for the one VS Code starts in its place. */
  async crashExtensionHost(): Promise<void> {
    process.kill(this.bridge.pid, 'SIGKILL');
    await this.bridge.connect();
  }

  /** What is inside a webview, MCP Apps in the chat included; the first one that is shown unless `nth` says another. */
  webview(nth = 0): FrameLocator {
    return this.page.frameLocator(`iframe.webview.ready >> nth=${nth}`).frameLocator('iframe#active-frame');
  }

  /** Writes what a person sees as a PNG. */
  async screenshot(file: string): Promise<void> {
    mkdirSync(dirname(file), { recursive: true });
    await this.page.screenshot({ path: file, animations: 'disabled' });
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}

async function newProfile(browser: Browser, language: string, server: VscodeServer): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: language === 'en' ? 'en-US' : 'zh-CN',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  // VS Code asks its web server for the key that seals secrets; this one has none, and would forget them at a reload.
  await context.route('**/mint-key', (route) =>
    route.fulfill({ contentType: 'application/octet-stream', body: Buffer.alloc(32, 7) }),
  );
  await recordMessages(context, join(server.folder, 'webview-messages.jsonl'));
  return context;
}

/** Writes down what is sent to every frame of a page, our webviews among them: the scan for secrets reads it. */
async function recordMessages(context: BrowserContext, file: string): Promise<void> {
  await context.exposeBinding('writeDown', (_source, text: string) => appendFileSync(file, `${text}\n`));
  // A listener would be gone: VS Code writes the document of a webview anew after this has run.
  await context.addInitScript(`if (self !== top) {
    const { postMessage } = self;
    self.postMessage = (message, ...rest) => {
      try {
        globalThis.writeDown(JSON.stringify(message)).catch(() => undefined);
      } catch {
        // what is no JSON, such as a port, carries no text
      }
      return postMessage.call(self, message, ...rest);
    };
  }`);
}

/**
 * VS Code disables its built-in chat at the first start until somebody has signed in, and remembers that in the browser.
 * With this remembered instead, a model that an extension provides is enough.
 */
async function enableChat(page: Page, origin: string): Promise<void> {
  const seed = `${origin}/__seed`;
  await page.route(seed, (route) => route.fulfill({ contentType: 'text/html', body: '<html></html>' }));
  await page.goto(seed);
  await page.evaluate(`new Promise((done, fail) => {
    const opening = indexedDB.open('vscode-web-state-db-global');
    opening.onerror = () => fail(opening.error);
    opening.onupgradeneeded = () => opening.result.createObjectStore('ItemTable');
    opening.onsuccess = () => {
      const writing = opening.result.transaction('ItemTable', 'readwrite');
      const table = writing.objectStore('ItemTable');
      table.put('true', 'builtinChatExtensionEnablementMigration');
      table.put('[]', 'extensionsIdentifiers/disabled');
      writing.oncomplete = () => { opening.result.close(); done(); };
    };
  })`);
  await page.unroute(seed);
}
