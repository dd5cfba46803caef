import type { Frame, FrameLocator, Locator } from 'playwright-core';
import type { VscodeWindow } from './window.ts';

const VIEW_TYPE = 'alipay.approval';

/** A person's eyes and hands on the approval in a window. */
export class Approval {
  readonly #window: VscodeWindow;
  readonly #words: { readonly approve: string; readonly deny: string };

  constructor(window: VscodeWindow, language: 'en' | 'zh-cn' = 'en') {
    this.#window = window;
    this.#words = language === 'en' ? { approve: 'Approve', deny: 'Deny' } : { approve: '批准', deny: '拒绝' };
  }

  get page(): FrameLocator {
    return this.#window.webview();
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  get approveButton(): Locator {
    return this.page.getByRole('button', { name: this.#words.approve, exact: true });
  }

  get denyButton(): Locator {
    return this.page.getByRole('button', { name: this.#words.deny, exact: true });
  }

  /** The panel's tab in the editor. */
  get tab(): Locator {
    return this.#window.page.locator('.tab', { hasText: /Approve\?|待批准/ });
  }

  /** Waits until the first second is over. */
  async live(): Promise<void> {
    await this.#liveButton.waitFor();
  }

  /** Whether it is in sight and its first second is over. */
  isLive(): Promise<boolean> {
    return this.#liveButton.isVisible();
  }

  get #liveButton(): Locator {
    return this.approveButton.and(this.page.locator('button:not([aria-disabled])'));
  }

  async approve(): Promise<void> {
    await this.live();
    await this.approveButton.click();
  }

  async deny(reason?: string): Promise<void> {
    await this.live();
    if (reason !== undefined) await this.page.getByRole('textbox', { name: 'Reason' }).fill(reason);
    await this.denyButton.click();
  }

  /** Whether an approval is among the window's tabs, in front or not. */
  async isOpen(): Promise<boolean> {
    return (await this.#window.bridge.tabs()).some(({ viewType }) => viewType === VIEW_TYPE);
  }

  /** The page's own frame, for what a script in it could do. */
  async frame(): Promise<Frame> {
    const frame = await (await this.page.locator('html').elementHandle())?.ownerFrame();
    if (!frame) throw new Error('the approval is gone');
    return frame;
  }

  /** Where the middle of Approve is in the window, for a hand that waits there. */
  async approvePoint(): Promise<{ x: number; y: number }> {
    const box = await this.approveButton.boundingBox();
    if (!box) throw new Error('Approve is not on the screen');
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  /**
   * Presses the mouse at a point the moment a request is there. @returns whether that was surely within the first second:
   * on a slow machine it may have been later, and then it proves nothing.
   */
  async pressAtOnce(point: { x: number; y: number }): Promise<boolean> {
    await this.dialog.waitFor();
    await this.#window.page.mouse.click(point.x, point.y);
    const asleep = await this.approveButton.getAttribute('aria-disabled', { timeout: 2_000 }).catch(() => null);
    return asleep === 'true';
  }
}
