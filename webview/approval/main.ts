import {
  FIRST_SECOND_MS,
  HEARTBEAT_MS,
  type ApprovalView,
  type Ending,
  type HostMessage,
  type PageMessage,
} from '../../src/vscode/approval/protocol.ts';
import { el } from '../shared/dom.ts';
import { openHost } from '../shared/host.ts';
import { DecisionBar } from './decision-bar.ts';
import { drawBand, drawRequest } from './draw.ts';

/** The extension says every second that it lives; after this long without, the page says that it is dead. */
const DEAD_MS = 6_000;
/** The extension's own first second begins when it hears that this page is drawn: a little later than here. */
const MARGIN_MS = 150;

const host = openHost<PageMessage>();

/** What is on the page: one showing of one request. */
interface Shown {
  readonly view: ApprovalView;
  readonly token: string;
  readonly bar: DecisionBar;
  readonly left: HTMLElement;
  readonly announcer: HTMLElement;
  /** Whether it has been on the screen: only then is there anything to say about it. */
  isDrawn: boolean;
}

let shown: Shown | undefined;
let arming: ReturnType<typeof setTimeout> | undefined;
let lastPulse = performance.now();
let over = false;
let dead = false;

function show(view: ApprovalView, token: string): void {
  const left = el('span', { class: 'left' });
  const announcer = el('p', { class: 'unseen', role: 'status' });
  const bar = new DecisionBar(view, {
    approve: (typedAmount) => {
      answer({
        type: 'approve',
        token,
        digest: view.signed.digest.join(''),
        ...(typedAmount === undefined ? {} : { typedAmount }),
      });
    },
    deny: (reason) => answer({ type: 'deny', token, ...(reason.trim() === '' ? {} : { reason }) }),
  });
  document.documentElement.lang = view.lang;
  document.body.replaceChildren(
    el(
      'div',
      { class: `dialog ${view.band.kind}`, role: 'dialog', 'aria-modal': 'true', 'aria-labelledby': 'operation' },
      drawBand(view, left),
      drawRequest(view),
      bar.element,
      announcer,
    ),
  );
  shown = { view, token, bar, left, announcer, isDrawn: false };
  [over, dead] = [false, false];
  bar.focus();
  clearTimeout(arming);
  requestAnimationFrame(() => requestAnimationFrame(() => arm(token)));
}

/** The request is on the screen: from here the first second counts. */
function arm(token: string): void {
  if (shown?.token !== token) return;
  shown.isDrawn = true;
  beat();
  arming = setTimeout(() => {
    if (!over && !dead) shown?.bar.wake();
  }, FIRST_SECOND_MS + MARGIN_MS);
}

function answer(message: PageMessage): void {
  shown?.bar.sleep(shown.view.words.decided);
  host.send(message);
}

/** Tells the extension that the page lives; one that has nothing to show asks again. */
function beat(): void {
  if (over || document.visibilityState !== 'visible') return;
  if (!shown) host.send({ type: 'ready' });
  else if (shown.isDrawn) host.send({ type: 'heartbeat', token: shown.token });
}

function end({ title, text }: Ending): void {
  if (!shown) return;
  clearTimeout(arming);
  shown.bar.sleep(title);
  const dialog = document.querySelector('.dialog');
  dialog?.classList.add('ended');
  dialog?.querySelector('.ending')?.remove();
  const ending = el('div', { class: 'ending', role: 'alert' }, el('p', { class: 'title' }, title), el('p', {}, text));
  dialog?.querySelector('.request > .column')?.prepend(ending);
  dialog?.querySelector('.request')?.scrollTo(0, 0);
  shown.left.parentElement?.replaceChildren(el('strong', {}, title));
}

function receive(message: HostMessage): void {
  lastPulse = performance.now();
  switch (message.type) {
    case 'show':
      return show(message.view, message.token);
    case 'pulse':
      if (!shown || over) return;
      if (dead) return host.send({ type: 'ready' });
      shown.left.textContent = message.left;
      if (message.announce !== undefined) shown.announcer.textContent = message.announce;
      return;
    case 'again':
      return host.send({ type: 'ready' });
    case 'notice':
      if (over) return;
      shown?.bar.wake();
      return shown?.bar.say(message.text);
    case 'expired':
      over = true;
      return shown && end(shown.view.words.expired);
  }
}

/** Off the screen, in a browser tab in the background, the page is not drawn and its timers sleep. */
function tellWhereItIs(): void {
  if (!over) host.send({ type: document.visibilityState === 'visible' ? 'ready' : 'hidden' });
}

function watch(): void {
  const silent = performance.now() - lastPulse > DEAD_MS;
  if (!shown || over || dead || !silent || document.visibilityState !== 'visible') return;
  dead = true;
  end(shown.view.words.dead);
}

window.addEventListener('message', (event: MessageEvent<HostMessage>) => receive(event.data));
window.addEventListener('focus', () => {
  if (document.activeElement === document.body) shown?.bar.focus();
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') shown?.bar.escape(event);
});
document.addEventListener('visibilitychange', () => {
  lastPulse = performance.now();
  tellWhereItIs();
});
setInterval(beat, HEARTBEAT_MS);
setInterval(watch, 1_000);
tellWhereItIs();
