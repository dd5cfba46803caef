import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ElicitRequest, ElicitResult } from '@modelcontextprotocol/sdk/types.js';
import { elicitationApprover } from '../../../src/mcp/elicitation.ts';
import { t } from '../../../src/text/index.ts';
import type { ApprovalRequest, Decision } from '../../../src/tools/ports.ts';
import { answering, approvalRequest, handClock, talk, type Answer, type Talk } from './support.ts';

const FORM = { elicitation: { form: {} } };

describe('approval by MCP elicitation', () => {
  /** Lets one tool call ask, and gives what the approver decided. */
  async function asking(
    answer: Answer,
    change: Partial<ApprovalRequest> = {},
    during: (joined: Talk, stop: AbortController) => void | Promise<void> = () => {},
    hands = handClock(),
  ): Promise<{ decision: Decision | undefined; asked: string[] }> {
    const stop = new AbortController();
    const { promise: decided, resolve } = Promise.withResolvers<Decision>();
    const joined = await talk(
      {
        clock: hands.clock,
        approverFor: (door) => elicitationApprover(door, hands.clock, 'en'),
        async run(_name, _input, caller) {
          assert.ok(caller.approver);
          resolve(await caller.approver.ask(approvalRequest(change), AbortSignal.any([caller.signal, stop.signal])));
          return { status: 'denied', message: 'over' };
        },
      },
      FORM,
    );
    const asked = answering(joined.client, answer);
    const call = joined.client.callTool({ name: 'refund_trade' }).catch(() => undefined);
    await during(joined, stop);
    const decision = await decided;
    await joined.session.close();
    await call;
    return { decision, asked };
  }

  it('approves only by accept with exactly true, and with the digest that was shown', async () => {
    const { decision, asked } = await asking(() => ({ action: 'accept', content: { approve: true } }));
    assert.deepEqual(decision, { verdict: 'approved', digest: approvalRequest().digest });
    assert.equal(asked.length, 1);
  });

  it('G5: sends a form of one box, unticked, and of nothing else', async () => {
    const forms: ElicitRequest['params'][] = [];
    await asking((_message, _signal, form) => {
      forms.push(form);
      return { action: 'decline' };
    });
    const approve = {
      type: 'boolean',
      title: t('en', 'ask.form.title'),
      description: t('en', 'ask.form.description'),
      default: false,
    };
    const requestedSchema = { type: 'object', properties: { approve }, required: ['approve'] };
    assert.deepEqual(
      forms.map(({ mode, ...form }) => [mode, 'requestedSchema' in form && form.requestedSchema]),
      [['form', requestedSchema]],
    );
  });

  const noes: [string, ElicitResult][] = [
    ['decline', { action: 'decline' }],
    ['decline with a true box', { action: 'decline', content: { approve: true } }],
    ['cancel', { action: 'cancel' }],
    ['accept with an unticked box', { action: 'accept', content: { approve: false } }],
    ['accept without content', { action: 'accept' }],
    ['accept with an empty form', { action: 'accept', content: {} }],
    ['the text "true"', { action: 'accept', content: { approve: 'true' } }],
    ['the number 1', { action: 'accept', content: { approve: 1 } }],
  ];
  for (const [what, answer] of noes) {
    it(`G3: ${what} is a denial`, async () => {
      assert.deepEqual((await asking(() => answer)).decision, { verdict: 'denied' });
    });
  }

  it('G3: an error of the client is a denial', async () => {
    const { decision } = await asking(() => Promise.reject(new Error('no window')));
    assert.deepEqual(decision, { verdict: 'denied' });
  });

  it('G3: no answer in time is expired', async () => {
    const now = Date.parse('2026-06-05T10:00:00+08:00');
    const { decision } = await asking(() => new Promise(() => {}), { expiresAt: now + 20 });
    assert.deepEqual(decision, { verdict: 'expired' });
  });

  it('G3: a yes that comes after the time is over by the wall clock is expired', async () => {
    const hands = handClock();
    const late = (): ElicitResult => {
      hands.tick(5 * 60_000);
      return { action: 'accept', content: { approve: true } };
    };
    const { decision } = await asking(late, {}, () => {}, hands);
    assert.deepEqual(decision, { verdict: 'expired' });
  });

  it('G3: a request that is over before it is asked is never shown', async () => {
    const { decision, asked } = await asking(() => ({ action: 'accept', content: { approve: true } }), {
      expiresAt: 1,
    });
    assert.deepEqual(decision, { verdict: 'expired' });
    assert.deepEqual(asked, []);
  });

  it('G3: when the call is stopped the form is taken back, the first one too, and it is a denial', async () => {
    const { promise: shown, resolve: show } = Promise.withResolvers<AbortSignal>();
    const { decision } = await asking(
      (_message, signal) => {
        show(signal);
        return new Promise(() => {});
      },
      {},
      async (_joined, stop) => {
        const form = await shown;
        const takenBack = once(form, 'abort');
        stop.abort();
        await takenBack;
      },
    );
    assert.deepEqual(decision, { verdict: 'denied' });
  });

  it('G3: a client that goes away is a denial', async () => {
    const { promise: shown, resolve: show } = Promise.withResolvers<void>();
    const { decision } = await asking(
      () => {
        show();
        return new Promise(() => {});
      },
      {},
      async ({ client }) => {
        await shown;
        await client.close();
      },
    );
    assert.deepEqual(decision, { verdict: 'denied' });
  });

  it('G5: outside a sandbox of ours nobody is asked this way, and it is a denial', async () => {
    for (const band of ['production', 'alipay-sandbox'] as const) {
      const { decision, asked } = await asking(() => ({ action: 'accept', content: { approve: true } }), { band });
      assert.deepEqual(decision, { verdict: 'denied' });
      assert.deepEqual(asked, []);
    }
  });

  it('is not there for a client that cannot show forms', async () => {
    for (const capabilities of [{}, { elicitation: { url: {} } }]) {
      let approver: unknown = 'not called';
      const joined = await talk(
        {
          approverFor: (door) => elicitationApprover(door, handClock().clock, 'en'),
          run(_name, _input, caller) {
            approver = caller.approver;
            return Promise.resolve({ status: 'refused', message: 'nobody to ask' });
          },
        },
        capabilities,
      );
      await joined.client.callTool({ name: 'refund_trade' });
      assert.equal(approver, undefined);
    }
  });
});
