import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Clock } from '../../alipay/clock.ts';
import type { ApprovalRequest, Approver, Decision } from '../../guard/approver.ts';
import { t, type Locale } from '../../text/index.ts';
import { ApprovalDesk, type Panel, type PanelEvents, type Stage } from './desk.ts';
import { pageHtml, type PageAssets } from './page.ts';
import type { HostMessage } from './protocol.ts';

const VIEW_TYPE = 'alipay.approval';

export interface ApprovalPanelParts {
  readonly clock: Clock;
  readonly locale: Locale;
  /** `dist/webview/approval.js` and `approval.css`, read by the root. */
  readonly assets: PageAssets;
}

/**
 * Asks in a webview panel of VS Code. There is one panel, it holds one request, and nothing but the buttons of its page
 * decides: it has no command, no setting and no serializer.
 */
export class ApprovalPanel implements Approver, vscode.Disposable {
  readonly #desk: ApprovalDesk;

  constructor({ clock, locale, assets }: ApprovalPanelParts) {
    const stage: Stage = {
      open: (title, events) => openPanel(title, events, locale, assets),
      call: callPerson,
    };
    this.#desk = new ApprovalDesk(stage, clock, locale);
  }

  ask(request: ApprovalRequest, signal: AbortSignal): Promise<Decision> {
    return this.#desk.ask(request, signal);
  }

  dispose(): void {
    this.#desk.dispose();
  }
}

/** Closes what a dead extension host left behind: panels that look alive and decide nothing. Call it at activation. */
export async function closeLeftBehindApprovals(): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const left = tabs.filter(
    ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(`-${VIEW_TYPE}`),
  );
  if (left.length > 0) await vscode.window.tabGroups.close(left);
}

function openPanel(title: string, events: PanelEvents, locale: Locale, assets: PageAssets): Panel {
  const panel = vscode.window.createWebviewPanel(
    VIEW_TYPE,
    title,
    { viewColumn: vscode.ViewColumn.Active, preserveFocus: false },
    { enableScripts: true, enableForms: false, retainContextWhenHidden: false, localResourceRoots: [] },
  );
  let closed = false;
  panel.webview.onDidReceiveMessage(events.message);
  panel.onDidChangeViewState(events.moved);
  panel.onDidDispose(() => {
    closed = true;
    events.closed();
  });
  const frame = {
    lang: locale === 'zh' ? 'zh-CN' : 'en',
    title,
    blank: t(locale, 'approval.blank'),
    nonce: randomBytes(16).toString('base64url'),
  } as const;
  panel.webview.html = pageHtml(frame, assets);
  return {
    get visible() {
      return !closed && panel.visible;
    },
    get active() {
      return !closed && panel.active;
    },
    post: (message: HostMessage) => {
      if (!closed) void panel.webview.postMessage(message);
    },
    reveal: () => {
      if (!closed) panel.reveal(undefined, false);
    },
    close: () => {
      if (!closed) panel.dispose();
    },
  };
}

/** Only where the window is in the background; the one button brings the panel forward and decides nothing. */
async function callPerson(text: string, review: string): Promise<boolean> {
  if (vscode.window.state.focused) return false;
  return (await vscode.window.showWarningMessage(text, review)) === review;
}
