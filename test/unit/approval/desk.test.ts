import assert from 'node:assert/strict';
import type { ApprovalRequest, Decision } from '../../../src/guard/approver.ts';
import { ApprovalDesk, type Panel, type PanelEvents, type Stage } from '../../../src/vscode/approval/desk.ts';
import type { HostMessage } from '../../../src/vscode/approval/protocol.ts';
import { refundRequest } from '../../support/approval-requests.ts';
import { StillClock } from '../../support/still-clock.ts';

/** A panel that is looked at from here; what was posted to its page lies in `posted`. */
class StagedPanel implements Panel {
  visible = true;
  active = true;
  isClosed = false;
  revealed = 0;
  readonly posted: HostMessage[] = [];
  readonly events: PanelEvents;

  constructor(events: PanelEvents) {
    this.events = events;
  }

  post(message: HostMessage): void {
    this.posted.push(message);
  }

  reveal(): void {
    this.revealed += 1;
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.events.closed();
  }

  /** The page loads and is drawn; returns the token it was given. */
  draw(): string {
    this.events.message({ type: 'ready' });
    const shown = this.posted.findLast((message) => message.type === 'show');
    assert.ok(shown?.type === 'show');
    this.events.message({ type: 'heartbeat', token: shown.token });
    return shown.token;
  }

  last<T extends HostMessage['type']>(type: T): (HostMessage & { type: T }) | undefined {
    return this.posted.findLast((message): message is HostMessage & { type: T } => message.type === type);
  }
}

function setStage(change: Partial<Stage> = {}) {
  const clock = new StillClock();
  const panels: StagedPanel[] = [];
  const stage: Stage = {
    open: (_title, events) => {
      const panel = new StagedPanel(events);
      panels.push(panel);
      return panel;
    },
    call: async () => false,
    ...change,
  };
  const desk = new ApprovalDesk(stage, clock, 'en');
  const abort = new AbortController();
  const request = (over: Parameters<typeof refundRequest>[1] = {}): ApprovalRequest =>
    refundRequest('local-sandbox', { expiresAt: clock.wall + 300_000, ...over });
  const ask = (over: Parameters<typeof refundRequest>[1] = {}): Promise<Decision> =>
    desk.ask(request(over), abort.signal);
  return { clock, panels, desk, abort, ask, request };
}

describe('the desk', () => {
  it('brings a request before a person and hands over their yes, with its digest', async () => {
    const { clock, panels, ask, request } = setStage();
    const decision = ask();
    const [panel] = panels;
    assert.ok(panel);
    const token = panel.draw();
    await clock.advance(1_000);
    panel.events.message({ type: 'approve', token, digest: request().digest });
    assert.deepEqual(await decision, { verdict: 'approved', digest: request().digest });
    assert.ok(panel.isClosed);
  });

  it('G5: takes no click in production without the amount of the request, whatever its page sends', async () => {
    const { clock, panels, desk, abort } = setStage();
    const request = refundRequest('production', { expiresAt: clock.wall + 300_000 });
    const decision = desk.ask(request, abort.signal);
    const [panel] = panels as [StagedPanel];
    const click = { type: 'approve', token: panel.draw(), digest: request.digest };
    await clock.advance(1_000);
    for (const typed of [{}, { typedAmount: '' }, { typedAmount: '15.5' }, { typedAmount: '16.50' }]) {
      panel.posted.length = 0;
      panel.events.message({ ...click, ...typed });
      assert.match(panel.last('notice')?.text ?? '', /15\.50/, JSON.stringify(typed));
      assert.ok(!panel.isClosed);
    }
    panel.events.message({ ...click, typedAmount: '15.50' });
    assert.deepEqual(await decision, { verdict: 'approved', digest: request.digest });
  });

  it('hands over a no and its reason', async () => {
    const { clock, panels, ask } = setStage();
    const decision = ask();
    const token = panels[0]!.draw();
    await clock.advance(1_000);
    panels[0]!.events.message({ type: 'deny', token, reason: 'wrong order' });
    assert.deepEqual(await decision, { verdict: 'denied', reason: 'wrong order' });
  });

  it('G3: denies when the panel is closed, the call is given up, or the extension ends', async () => {
    const ends: Record<string, (set: ReturnType<typeof setStage>) => void> = {
      closed: ({ panels }) => panels[0]!.close(),
      'given up': ({ abort }) => abort.abort(),
      deactivated: ({ desk }) => desk.dispose(),
    };
    for (const [why, end] of Object.entries(ends)) {
      const set = setStage();
      const decision = set.ask();
      set.panels[0]!.draw();
      end(set);
      assert.deepEqual(await decision, { verdict: 'denied' }, why);
      assert.ok(set.panels[0]!.isClosed, why);
    }
  });

  it('G3: denies what was given up before it could be shown, and opens nothing', async () => {
    const { panels, abort, ask } = setStage();
    abort.abort();
    assert.deepEqual(await ask(), { verdict: 'denied' });
    assert.equal(panels.length, 0);
  });

  it('G3: denies when no panel can be opened, or the request cannot be shown', async () => {
    const broken = setStage({
      open: () => {
        throw new Error('no editor');
      },
    });
    assert.deepEqual(await broken.ask(), { verdict: 'denied' });
    const { desk, panels, request } = setStage();
    const other = { ...request(), digest: '0'.repeat(64) };
    assert.deepEqual(await desk.ask(other, new AbortController().signal), { verdict: 'denied' });
    assert.equal(panels.length, 0);
  });

  it('G3: denies when posting to the page fails', async () => {
    const { panels, ask } = setStage();
    const decision = ask();
    panels[0]!.post = () => {
      throw new Error('gone');
    };
    panels[0]!.events.message({ type: 'ready' });
    assert.deepEqual(await decision, { verdict: 'denied' });
  });

  it('G3: denies after ten seconds without a heartbeat, with no message to wake it', async () => {
    const { clock, panels, ask } = setStage();
    const decision = ask();
    panels[0]!.draw();
    await clock.advance(10_000);
    assert.deepEqual(await decision, { verdict: 'denied' });
    assert.ok(panels[0]!.isClosed);
  });

  it('G3: denies when the clock fails, so that nothing could count the time or the heartbeats any more', async () => {
    const { clock, panels, ask } = setStage();
    clock.wait = () => Promise.reject(new Error('no timers'));
    const decision = ask();
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(panels[0]?.isClosed);
    assert.deepEqual(await decision, { verdict: 'denied' });
  });

  it('denies a second request while one is shown, and leaves the first alone', async () => {
    const { clock, panels, ask, request } = setStage();
    const first = ask();
    const token = panels[0]!.draw();
    assert.deepEqual(await ask({ operationId: 'another' }), { verdict: 'denied' });
    assert.equal(panels.length, 1);
    await clock.advance(1_000);
    panels[0]!.events.message({ type: 'approve', token, digest: request().digest });
    assert.equal((await first).verdict, 'approved');
  });

  it('lets an expired request stand until the next, saying so however often it is drawn', async () => {
    const { clock, panels, ask, request } = setStage();
    const decision = ask();
    const [panel] = panels as [StagedPanel];
    panel.draw();
    panel.visible = false;
    panel.events.moved();
    await clock.advance(300_000);
    assert.deepEqual(await decision, { verdict: 'expired' });
    assert.ok(!panel.isClosed);
    panel.visible = true;
    panel.events.moved();
    panel.posted.length = 0;
    panel.events.message({ type: 'ready' });
    assert.deepEqual(
      panel.posted.map(({ type }) => type),
      ['show', 'expired'],
    );
    const token = panel.last('show')?.token ?? '';
    panel.events.message({ type: 'approve', token, digest: request().digest });
    const next = ask();
    assert.ok(panel.isClosed);
    panels[1]!.close();
    await next;
  });

  it('lets a tab be switched: on return it is drawn anew, under another token', async () => {
    const { clock, panels, ask, request } = setStage();
    const decision = ask();
    const [panel] = panels as [StagedPanel];
    const old = panel.draw();
    for (const visible of [false, true]) {
      panel.visible = visible;
      panel.events.moved();
      await clock.advance(20_000);
    }
    const token = panel.draw();
    await clock.advance(1_000);
    panel.events.message({ type: 'approve', token: old, digest: request().digest });
    panel.events.message({ type: 'approve', token, digest: request().digest });
    assert.equal((await decision).verdict, 'approved');
    assert.notEqual(old, token);
  });

  it('takes the click that brings the panel back to the front', async () => {
    const { clock, panels, ask, request } = setStage();
    const decision = ask();
    const [panel] = panels as [StagedPanel];
    const token = panel.draw();
    panel.active = false;
    panel.events.moved();
    await clock.advance(1_000);
    panel.active = true;
    panel.events.moved();
    panel.events.message({ type: 'approve', token, digest: request().digest });
    assert.equal((await decision).verdict, 'approved');
  });

  it('tells the page every second that it lives and how much time is left, while it can be seen', async () => {
    const { clock, panels, ask } = setStage();
    const decision = ask();
    const [panel] = panels as [StagedPanel];
    panel.draw();
    await clock.advance(3_000);
    assert.equal(panel.last('pulse')?.left, '4:57');
    panel.visible = false;
    panel.events.moved();
    const heard = panel.posted.length;
    await clock.advance(5_000);
    assert.equal(panel.posted.length, heard);
    panel.close();
    await decision;
  });

  it('says why a click did not count', async () => {
    const { clock, panels, ask, request } = setStage();
    const decision = ask();
    const [panel] = panels as [StagedPanel];
    const token = panel.draw();
    const { digest } = request();
    panel.events.message({ type: 'approve', token, digest });
    assert.match(panel.last('notice')?.text ?? '', /in a moment/);
    await clock.advance(1_000);
    panel.active = false;
    panel.events.message({ type: 'approve', token, digest });
    assert.match(panel.last('notice')?.text ?? '', /not in front/);
    panel.events.message({ type: 'heartbeat', token: 'an old one' });
    assert.equal(panel.posted.at(-1)?.type, 'again');
    panel.close();
    await decision;
  });

  it('G5: calls a person who looks elsewhere, and their answer only brings the panel forward', async () => {
    let answer: (wants: boolean) => void = () => undefined;
    const called = new Promise<boolean>((resolve) => (answer = resolve));
    const { panels, ask, clock } = setStage({ call: () => called });
    const decision = ask();
    panels[0]!.draw();
    answer(true);
    await clock.advance(1_000);
    assert.equal(panels[0]!.revealed, 1);
    panels[0]!.close();
    assert.deepEqual(await decision, { verdict: 'denied' });
  });

  it('G12: marks what changed since the click that did not count, for the same operation only', async () => {
    const { clock, panels, ask, request } = setStage();
    const first = ask();
    const token = panels[0]!.draw();
    await clock.advance(1_000);
    panels[0]!.events.message({ type: 'approve', token, digest: request().digest });
    await first;
    const again = ask({ changed: true, refunded: 10_000 });
    panels[1]!.draw();
    assert.equal(panels[1]!.last('show')?.view.effect.rows[1]?.was, '50.00 CNY');
    panels[1]!.close();
    await again;
    const other = ask({ changed: true, refunded: 12_000 });
    panels[2]!.draw();
    assert.equal(panels[2]!.last('show')?.view.effect.rows[1]?.was, undefined);
    panels[2]!.close();
    await other;
  });
});
