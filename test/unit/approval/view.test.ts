import assert from 'node:assert/strict';
import fc from 'fast-check';
import { digestOf } from '../../../src/alipay/prepared.ts';
import type { ApprovalRequest } from '../../../src/guard/approver.ts';
import { say } from '../../../src/text/index.ts';
import { markDifference } from '../../../src/vscode/approval/compare.ts';
import { pageHtml } from '../../../src/vscode/approval/page.ts';
import { amountToType, timeLeft, viewOf } from '../../../src/vscode/approval/view.ts';
import { cancelRequest, refundRequest, transferRequest } from '../../support/approval-requests.ts';

const en = (request: ApprovalRequest) => viewOf('en', request, undefined);
const texts = (rows: readonly { label: string; text: string }[]): string[] =>
  rows.map(({ label, text }) => `${label}: ${text}`);

/** Every text in a view, however deep. */
function leaves(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [];
}

describe('what a person is shown of a request', () => {
  it('says a refund in one sentence, in figures and in capitals, and what it leaves', () => {
    const view = en(refundRequest('local-sandbox', { queueLength: 2 }));
    assert.equal(view.operation.text, 'Refund 15.50 CNY of order 2024040112345 to buyer zha***@example.com.');
    assert.deepEqual(view.amount, { figure: '15.50', unit: 'CNY', capitals: '人民币壹拾伍元伍角整' });
    assert.deepEqual(texts(view.effect.rows), [
      'Paid: 299.00 CNY',
      'Refunded before (as far as known): 50.00 CNY',
      'This refund: 15.50 CNY',
      'Remains after this: 233.50 CNY',
    ]);
    assert.deepEqual(texts(view.facts), [
      'Your order number: 2024040112345',
      'Alipay trade number: 2024040122001412345678901234',
      'Buyer: zha***@example.com',
    ]);
    assert.match(view.queue ?? '', /^2 more/);
    assert.match(view.asker, /“GitHub Copilot Chat”.*its own name/);
    assert.equal(view.typed, undefined);
  });

  it('says it in Chinese to a reader of Chinese, with no English sentence left', () => {
    for (const request of [refundRequest('production'), cancelRequest(), transferRequest()]) {
      const view = viewOf('zh', request, undefined);
      assert.equal(view.lang, 'zh-CN');
      const { words, ...rest } = view;
      const ours = [
        rest.operation.text,
        rest.asker,
        rest.expires,
        rest.kind,
        rest.band.name,
        rest.band.note,
        rest.profile,
      ];
      const said = [...ours, ...rest.warnings.map(({ text }) => text), ...rest.limits.map(({ label }) => label)];
      const endings = [words.dead.text, words.expired.text, words.dead.title, words.expired.title];
      const plain = Object.entries(words).flatMap(([, text]) => (typeof text === 'string' ? [text] : []));
      for (const text of [...said, ...endings, ...plain]) assert.match(text, /\p{Script=Han}/u, text);
    }
  });

  it('names the band, and asks for the amount where money is real', () => {
    assert.equal(en(refundRequest('production')).band.name, 'PRODUCTION');
    assert.equal(en(refundRequest('alipay-sandbox')).band.name, 'ALIPAY SANDBOX');
    assert.equal(en(refundRequest('local-sandbox')).band.name, 'LOCAL SANDBOX');
    assert.equal(en(refundRequest('production', { fen: 20_000 })).typed?.amount, '200.00');
    assert.equal(amountToType({ band: 'production', fen: 100_000_000 }), '1000000.00');
    assert.equal(amountToType({ band: 'alipay-sandbox', fen: 5 }), undefined);
  });

  it('puts the most that can go back on a cancellation of an unpaid order', () => {
    assert.equal(en(cancelRequest()).amount.atMost, 'At most');
    const paid = cancelRequest('local-sandbox', {
      effect: [say('cancel_trade.effect.paid', { amount: '299.00', order: '1' })],
    });
    assert.equal(en(paid).amount.atMost, undefined);
  });

  it('keeps the words of the agent apart from the facts, and shows what hides in them', () => {
    const view = en(transferRequest());
    const remark = view.agentWords.find(({ field }) => field === 'remark');
    assert.equal(remark?.text, 'approved by finance ⟨U+202E⟩.kcehc on deen');
    assert.doesNotMatch(JSON.stringify({ ...view, agentWords: [] }), /[\u202a-\u202e\u200b-\u200f\u2066-\u2069]/);
    assert.doesNotMatch(JSON.stringify([view.facts, view.operation, view.effect]), /approved by finance|张伟/);
  });

  it('lets no word of anybody bring in an invisible character', () => {
    const hiding = fc.string({
      unit: fc.constantFrom('a', '\u202e', '\u200b', '\n', '\u2028', '\u{e0041}', '\ufeff', '<b>'),
    });
    fc.assert(
      fc.property(hiding, hiding, hiding, (one, other, third) => {
        const request = refundRequest('local-sandbox', {
          caller: one,
          profileLabel: other,
          agentWords: [{ field: 'refund_reason', text: third }],
          warnings: [say('warn.denied_because', { minutes: 1, reason: one })],
        });
        const view = en(request);
        const { pretty } = view.signed;
        for (const text of leaves(view)) {
          if (text !== pretty) assert.doesNotMatch(text, /[\u202e\u200b\n\u2028\u{e0041}\ufeff]/u);
        }
        assert.doesNotMatch(pretty, /[\u202e\u200b\u2028\u{e0041}\ufeff]/u);
      }),
    );
  });

  it('gives letters of other scripts in an account their names, and marks where look-alikes differ', () => {
    const [account] = en(transferRequest('local-sandbox', { identity: 'zhаng@example.com' })).facts;
    assert.equal(account?.text, 'zhа⟨U+0430⟩ng@example.com');
    const alike = en(transferRequest()).warnings.flatMap((warning) => warning.alike ?? []);
    const marked = alike.map(({ text }) =>
      text.map((piece) => (piece.marked ? `[${piece.text}]` : piece.text)).join(''),
    );
    assert.deepEqual(marked, ['zhang.wei0[l]@example.com', 'zhang.wei0[1]@example.com']);
  });

  it('shows every byte that will be signed, laid out and as it is, and the digest in groups', () => {
    const request = refundRequest();
    const { signed } = en(request);
    assert.equal(signed.raw, request.bizContent);
    assert.deepEqual(JSON.parse(signed.pretty), JSON.parse(request.bizContent));
    assert.equal(signed.digest.join(''), request.digest);
    assert.equal(signed.digest.length, 16);
    const shown = signed.rows.map(({ text }) => text);
    for (const text of [request.gateway, request.appId, request.method]) assert.ok(shown.includes(text), text);
  });

  it('G1: shows every other parameter that is signed, by its name and in full', () => {
    const params = { notify_url: 'https://shop.example/n?order=1', 'ws_\u200bservice_url': 'a\u202eb' };
    const request = refundRequest('production', { params });
    assert.deepEqual(texts(en(request).signed.rows), [
      `Gateway: ${request.gateway}`,
      `app_id: ${request.appId}`,
      `method: ${request.method}`,
      'notify_url: https://shop.example/n?order=1',
      'ws_⟨U+200B⟩service_url: a⟨U+202E⟩b',
      `Operation: ${request.operationId}`,
    ]);
  });

  it('says loudly that it is a second one', () => {
    assert.equal(en(refundRequest()).second, undefined);
    assert.match(en(refundRequest('production', { isSecond: true })).second?.title ?? '', /SECOND/);
  });

  it('G12: says that it changed, and marks what reads otherwise and what is new', () => {
    const before = en(refundRequest());
    const request = refundRequest('local-sandbox', {
      changed: true,
      refunded: 10_000,
      limitsLeft: { perOperation: 100_000, today: 400_000, payeeToday: 200_000 },
      warnings: [say('warn.same_amount', { count: 1, amount: '15.50' })],
    });
    const view = viewOf('en', request, before);
    assert.match(view.changed?.title ?? '', /Changed/);
    assert.deepEqual(
      view.effect.rows.map(({ was }) => was),
      [undefined, '50.00 CNY', undefined, '233.50 CNY'],
    );
    assert.deepEqual(
      view.limits.map(({ was }) => was),
      [undefined, '4,844.50 CNY', undefined],
    );
    assert.deepEqual(
      view.warnings.map(({ isNew }) => isNew),
      [true],
    );
    assert.deepEqual(
      view.facts.map(({ was, isNew }) => was ?? isNew),
      [undefined, undefined, undefined],
    );
  });

  it('G12: marks the sentence of the operation, when the order was paid meanwhile', () => {
    const before = en(cancelRequest());
    const paid = say('cancel_trade.effect.paid', { amount: '299.00', order: '2024040112345' });
    const view = viewOf('en', cancelRequest('local-sandbox', { changed: true, effect: [paid] }), before);
    assert.equal(view.operation.was, before.operation.text);
    assert.notEqual(view.operation.text, before.operation.text);
    assert.equal(viewOf('en', cancelRequest('local-sandbox', { changed: true }), before).operation.was, undefined);
  });

  it('shows the digest’s beginning and end beside the buttons', () => {
    const { signed } = en(refundRequest());
    const [first, last] = [signed.digest.slice(0, 2).join(' '), signed.digest.slice(-2).join(' ')];
    assert.equal(signed.short, `${first} … ${last}`);
  });

  it('puts dangers before notes, and leaves production to the band', () => {
    const notes = en(
      transferRequest('production', {
        warnings: [say('warn.production'), say('warn.name_checked'), say('warn.first_payee')],
      }),
    );
    assert.deepEqual(
      notes.warnings.map(({ isNote }) => isNote),
      [false, true],
    );
  });

  describe('G1: refuses to show', () => {
    const request = refundRequest();
    const resealed = (change: Partial<ApprovalRequest>): ApprovalRequest => {
      const made = { ...request, ...change };
      const { gateway, appId, bizContent, params } = made;
      return { ...made, digest: digestOf({ gateway, appId, method: 'alipay.trade.refund', bizContent, params }) };
    };
    const broken: Record<string, ApprovalRequest> = {
      'a digest of other bytes': { ...request, digest: '0'.repeat(64) },
      'bytes changed after the digest': { ...request, bizContent: request.bizContent.replace('15.50', '95.50') },
      'another gateway': { ...request, gateway: 'https://openapi.alipay.com/gateway.do' },
      'a parameter more': { ...request, params: { notify_url: 'https://example.com' } },
      'an amount that is not the one signed': { ...request, fen: 1551 },
      'bytes that are no JSON': resealed({ bizContent: 'refund' }),
      'bytes without the trade': resealed({ bizContent: '{"refund_amount":"15.50"}' }),
      'a method that needs no approval': { ...request, method: 'alipay.trade.query' },
      'no operation': { ...request, effect: [] },
    };
    for (const [what, each] of Object.entries(broken)) it(what, () => assert.throws(() => en(each), Error));
  });

  it('tells the time left as minutes and seconds, and aloud only now and then', () => {
    assert.deepEqual(timeLeft('en', 300, 300), { left: '5:00' });
    assert.deepEqual(timeLeft('en', 59, 61), { left: '0:59', announce: '60 seconds left.' });
    assert.deepEqual(timeLeft('zh', 120, 121), { left: '2:00', announce: '还剩 2 分钟。' });
    let aloud = 0;
    for (let seconds = 299; seconds >= 0; seconds -= 1) aloud += timeLeft('en', seconds, seconds + 1).announce ? 1 : 0;
    assert.equal(aloud, 5);
  });

  it('cuts two texts at what they share', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const [a, b] = markDifference(one, other);
        assert.equal(a.map(({ text }) => text).join(''), one);
        assert.equal(b.map(({ text }) => text).join(''), other);
        const shared = (pieces: typeof a): string[] => pieces.flatMap(({ text, marked }) => (marked ? [] : [text]));
        assert.equal(shared(a).join(''), shared(b).join(''));
      }),
    );
  });
});

describe('the document of the approval', () => {
  const frame = { lang: 'en', title: '</title><script>x</script>', blank: 'not drawn', nonce: 'abc' } as const;

  it('may load and send nothing, and runs only its own script', () => {
    const html = pageHtml(frame, { script: 'run()', style: 'p{}' });
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /script-src 'nonce-abc'(;|$)/);
    assert.match(policy, /style-src 'nonce-abc'(;|$)/);
    assert.doesNotMatch(policy, /unsafe|https?:|\*/);
  });

  it('lets neither its title nor its script or style end their element early', () => {
    const html = pageHtml(frame, { script: 'a="</script><b>"', style: '/* </STYLE> */' });
    assert.equal(html.match(/<\/script>/gi)?.length, 1);
    assert.equal(html.match(/<\/style>/gi)?.length, 1);
    assert.equal(html.match(/<script/gi)?.length, 1);
  });
});
