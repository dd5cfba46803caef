import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { systemClock, type Clock } from '../../src/alipay/clock.ts';
import type { ApprovalRequest, Decision } from '../../src/guard/approver.ts';
import type { Locale } from '../../src/text/index.ts';
import { ApprovalDesk, type Panel, type PanelEvents } from '../../src/vscode/approval/desk.ts';
import { pageHtml } from '../../src/vscode/approval/page.ts';
import type { HostMessage } from '../../src/vscode/approval/protocol.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const ADDRESS = 'http://approval.test/';

/** The colours VS Code 1.139 gives a webview in its four default themes, as far as the page uses them. */
const themes = JSON.parse(readFileSync(resolve(ROOT, 'test/fixtures/vscode-themes.json'), 'utf8')) as Readonly<
  Record<string, { body: string; variables: Readonly<Record<string, string>> }>
>;
export const THEME_NAMES = ['light', 'dark', 'hc-black', 'hc-light'] as const;
type ThemeName = (typeof THEME_NAMES)[number];

export interface PageOptions {
  readonly theme?: ThemeName;
  readonly locale?: Locale;
  readonly clock?: Clock;
  readonly viewport?: { width: number; height: number };
}

/** The built page in a browser, with the real desk behind it in place of VS Code's panel. */
export class ApprovalPage {
  readonly page: Page;
  readonly desk: ApprovalDesk;
  /** What the page has sent to the extension. */
  readonly sent: { type: string }[] = [];
  /** As VS Code would say of the panel. */
  place = { visible: true, active: true };
  isClosed = false;
  /** While true, nothing of the extension's reaches the page. */
  isCutOff = false;
  #events: PanelEvents | undefined;

  private constructor(page: Page, clock: Clock, locale: Locale) {
    this.page = page;
    const stage = {
      open: (title: string, events: PanelEvents) => this.#open(title, events, locale),
      call: async () => false,
    };
    this.desk = new ApprovalDesk(stage, clock, locale);
  }

  static async start(browser: Browser, options: PageOptions = {}): Promise<ApprovalPage> {
    const { theme = 'light', locale = 'en', clock = systemClock } = options;
    const page = await browser.newPage({ viewport: options.viewport ?? { width: 900, height: 1000 } });
    const approval = new ApprovalPage(page, clock, locale);
    await page.exposeFunction('toExtension', (message: { type: string }) => approval.#receive(message));
    await page.addInitScript({ content: `{ const theme = ${JSON.stringify(themes[theme])}; ${PLAY_EDITOR} }` });
    return approval;
  }

  /** Brings a request before the page's person; resolves when it was decided. */
  async ask(request: ApprovalRequest, signal = new AbortController().signal): Promise<Decision> {
    return this.desk.ask(request, signal);
  }

  /** The same, once the page has drawn it and its buttons work. */
  async askAndWake(request: ApprovalRequest): Promise<{ decision: Promise<Decision> }> {
    const decision = this.desk.ask(request, new AbortController().signal);
    await this.page.locator('button:not([aria-disabled])').first().waitFor();
    return { decision };
  }

  /** The person switches to another tab and back: VS Code throws the page away and loads it again. */
  async hideAndShow(): Promise<void> {
    this.place = { visible: false, active: false };
    this.#events?.moved();
    this.place = { visible: true, active: true };
    this.#events?.moved();
    await this.page.reload();
  }

  async close(): Promise<void> {
    this.desk.dispose();
    await this.page.close();
  }

  #receive(message: { type: string }): void {
    this.sent.push(message);
    this.#events?.message(message);
  }

  #open(title: string, events: PanelEvents, locale: Locale): Panel {
    const read = (name: string): string => readFileSync(resolve(ROOT, 'dist/webview', name), 'utf8');
    const frame = { lang: locale === 'zh' ? 'zh-CN' : 'en', title, blank: 'not drawn', nonce: 'bm9uY2U' } as const;
    const html = pageHtml(frame, { script: read('approval.js'), style: read('approval.css') });
    this.#events = events;
    this.isClosed = false;
    void this.#load(html);
    const place = (): { visible: boolean; active: boolean } =>
      this.isClosed ? { visible: false, active: false } : this.place;
    return {
      get visible() {
        return place().visible;
      },
      get active() {
        return place().active;
      },
      post: (message) => void this.#post(message),
      reveal: () => undefined,
      close: () => {
        this.isClosed = true;
      },
    };
  }

  async #load(html: string): Promise<void> {
    await this.page.unroute(ADDRESS);
    await this.page.route(ADDRESS, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
    await this.page.goto(ADDRESS);
  }

  async #post(message: HostMessage): Promise<void> {
    if (this.isCutOff || this.page.isClosed()) return;
    await this.page.evaluate(`window.postMessage(${JSON.stringify(message)}, '*')`).catch(() => undefined);
  }
}

/** Run in the page before anything else: what VS Code puts into a webview. As text, since `document` is not ours. */
const PLAY_EDITOR = `
  const sendTo = globalThis.toExtension;
  globalThis.acquireVsCodeApi = () => ({ postMessage: (message) => void sendTo(message) });
  document.addEventListener('DOMContentLoaded', () => {
    for (const [name, value] of Object.entries(theme.variables)) document.documentElement.style.setProperty(name, value);
    document.body.className = theme.body;
  });
`;
