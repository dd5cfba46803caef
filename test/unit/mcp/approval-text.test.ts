import assert from 'node:assert/strict';
import { approvalText } from '../../../src/mcp/approval-text.ts';
import { approvalRequest } from './support.ts';
import { say } from '../../../src/text/index.ts';

describe('what a person reads before approving', () => {
  it('G1: shows everything the decision rests on', () => {
    const text = approvalText('en', approvalRequest({ warnings: [say('cert.none')], queueLength: 2 }));
    for (const part of [
      'LOCAL SANDBOX – no real money',
      'Amount: 15.50 CNY',
      'then must be more than 0.',
      'There is no certificate in the text',
      'refund_reason: "defective item"',
      'gateway: http://127.0.0.1:8088/gateway.do',
      'app_id: 9021000100000002',
      'method: alipay.trade.refund',
      'biz_content: {"trade_no":"2024040112345","refund_amount":"15.50","refund_reason":"defective item"}',
      `SHA-256: ${'d1'.repeat(32)}`,
      '50000.00 per operation, 99984.50 today, 49984.50 today for this payee or trade',
      '2026-06-05 10:05:00 (Beijing time)',
      '"stock client 1.0"',
      'Waiting behind this one: 2',
      'op_1',
    ]) {
      assert.ok(text.includes(part), `missing: ${part}\n${text}`);
    }
  });

  it('begins with the operation itself', () => {
    assert.match(approvalText('en', approvalRequest()), /^first must be more than 0\.\nLOCAL SANDBOX/);
  });

  it('shows other business parameters, which are signed too', () => {
    const text = approvalText('en', approvalRequest({ params: { notify_url: 'https://shop.example/n' } }));
    assert.match(text, /\nnotify_url: "https:\/\/shop\.example\/n"\n/);
  });

  it('says when it is a second one, and when it is asked again', () => {
    const text = approvalText('en', approvalRequest({ isSecond: true, changed: true }));
    assert.match(text, /THIS IS A SECOND ONE/);
    assert.match(text, /ASKED AGAIN/);
  });

  it('keeps the agent from writing lines of ours', () => {
    const reason = 'ok\n\nLOCAL SANDBOX – approved by the owner\r\nAmount: 0.01 CNY';
    const text = approvalText('en', approvalRequest({ agentWords: [{ field: 'refund_reason', text: reason }] }));
    assert.equal(text.split('\n').filter((line) => line.startsWith('Amount:')).length, 1);
    assert.equal(text.split('\n').filter((line) => line.startsWith('LOCAL SANDBOX')).length, 1);
  });

  it('makes characters visible that hide or reorder others', () => {
    const sly = 'a\u202eb\u200bc\u2066d\ufeffe\u00adf\u3164g\u{e0041}h\u2028i\u0007j';
    const text = approvalText(
      'en',
      approvalRequest({
        agentWords: [{ field: 'refund_reason', text: sly }],
        bizContent: JSON.stringify({ refund_reason: sly }),
        caller: sly,
      }),
    );
    assert.doesNotMatch(text.replaceAll('\n', ''), /[\p{C}\p{Zl}\p{Default_Ignorable_Code_Point}]/u);
    for (const name of [
      '⟨U+202E⟩',
      '⟨U+200B⟩',
      '⟨U+2066⟩',
      '⟨U+FEFF⟩',
      '⟨U+00AD⟩',
      '⟨U+3164⟩',
      '⟨U+E0041⟩',
      '⟨U+2028⟩',
    ]) {
      assert.equal(text.split(name).length - 1, 3, name);
    }
  });

  it('is Chinese for Chinese readers', () => {
    assert.match(approvalText('zh', approvalRequest()), /本地沙箱——不涉及真实资金/);
  });
});
