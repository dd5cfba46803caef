import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

import { cashierPage, type CashierView } from '../../../src/sandbox/pages/cashier.ts';
import { consentPage, type ConsentView } from '../../../src/sandbox/pages/consent.ts';
import { gatePage } from '../../../src/sandbox/pages/dashboard/frame.ts';
import { notificationsPage, tradesPage, transfersPage } from '../../../src/sandbox/pages/dashboard/lists.ts';
import { overviewPage } from '../../../src/sandbox/pages/dashboard/overview.ts';
import { requestsPage } from '../../../src/sandbox/pages/dashboard/requests.ts';
import { errorPage } from '../../../src/sandbox/pages/error.ts';
import { DASHBOARD_CSP, PAGE_CSP } from '../../../src/sandbox/pages/layout.ts';
import type { Locale } from '../../../src/text/index.ts';

const LOCALES: readonly Locale[] = ['en', 'zh'];
const STATES = ['pay', 'paid', 'closed', 'failed', 'missing'] as const;

function cashier(overrides: Partial<CashierView> = {}): CashierView {
  return {
    locale: 'en',
    state: 'pay',
    outTradeNo: 'AP2024041200987',
    subject: 'Headphones',
    amount: '299.00',
    seller: 'Demo Store',
    payAction: '/cashier/pay',
    failAction: '/cashier/fail',
    leaveUrl: 'https://shop.example/back?a=1&b=2',
    ...overrides,
  };
}

function consent(overrides: Partial<ConsentView> = {}): ConsentView {
  return {
    locale: 'en',
    appId: '2021000000000001',
    appName: 'Demo App',
    scopes: ['auth_user', 'auth_base'],
    users: [
      { userId: '2088102169415801', name: 'Zhang San' },
      { userId: '2088102169415802', name: 'Li Si' },
    ],
    agreeAction: '/oauth/agree',
    hidden: { state: 's' },
    ...overrides,
  };
}

/** Every page there is, with `value` wherever a value goes. */
function everyPage(locale: Locale, value: string): string[] {
  const texts = {
    outTradeNo: value,
    subject: value,
    amount: value,
    seller: value,
    payAction: value,
    failAction: value,
  };
  return [
    ...STATES.map((state) => cashierPage(cashier({ locale, state, ...texts, leaveUrl: value, message: value }))),
    ...STATES.map((state) =>
      cashierPage(cashier({ locale, state, ...texts, leaveUrl: `https://shop.example/${value}` })),
    ),
    consentPage({
      locale,
      appId: value,
      appName: value,
      scopes: [value],
      agreeAction: value,
      hidden: { [value]: value },
      users: [{ userId: value, name: value }],
    }),
    errorPage({ locale, code: value, message: value }),
    ...dashboardPages(locale, value),
  ];
}

/** The dashboard's pages, with `value` wherever a merchant or a form could have put one. */
function dashboardPages(locale: Locale, value: string): string[] {
  const frame = { locale, notice: { kind: 'refused', words: value } } as const;
  const part = { page: 2, pages: 3, total: 120, link: () => value };
  const refund = { amount: value, number: value, time: value };
  const trade = { outTradeNo: value, tradeNo: value, subject: value, amount: value, status: value, closedBy: value };
  const notification = { notifyId: value, outTradeNo: value, url: value, attempts: 1, lastAnswer: value, next: value };
  const request = { id: 1, time: value, verb: value, method: value, appId: value, code: value, subCode: value };
  const transfer = { outBizNo: value, orderId: value, title: value, amount: value, payee: value, status: value };
  return [
    overviewPage({
      ...frame,
      now: value,
      offsetMs: -90_000_000,
      faults: [1, 2].map((id) => ({ id, method: value, fault: value, count: 2 })),
      methods: [value],
      faultNames: [value],
      switches: [{ name: value, value, values: [value] }],
    }),
    tradesPage({
      ...frame,
      part,
      find: value,
      trades: [{ ...trade, requested: value, cashier: value, refunds: [refund] }],
    }),
    tradesPage({ ...frame, part, find: value, trades: [] }),
    transfersPage({ ...frame, part, transfers: [{ ...transfer, time: value }] }),
    notificationsPage({ ...frame, part, notifications: [{ ...notification, status: 'waiting' }] }),
    requestsPage({
      ...frame,
      part,
      requests: (['verified', 'refused', 'not checked'] as const).map((verdict) => ({
        ...request,
        verdict,
        fault: value,
        notes: [value],
        verified: value,
      })),
    }),
    ...(['locked', 'wrong_key', 'foreign', 'open'] as const).map((state) => gatePage(locale, state)),
  ];
}

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' autofocus onfocus='alert(1)",
  '</title></style><svg onload=alert(1)>',
  '&lt;already&gt; & not',
  '`${x}` {{y}} <!--',
];

describe('the pages of the sandbox', () => {
  for (const locale of LOCALES) {
    it(`escape every hostile value (${locale})`, () => {
      const plain = everyPage(locale, 'VALUE').map(tagsOf);
      for (const value of HOSTILE) {
        const hostile = everyPage(locale, value);
        for (const page of hostile) assert.ok(!page.includes(value), `raw: ${value}`);
        assert.deepEqual(hostile.map(tagsOf), plain, `a value made or changed a tag: ${value}`);
      }
    });

    it(`have no script, no handler, no asset from outside (${locale})`, () => {
      for (const page of everyPage(locale, 'VALUE')) {
        assert.doesNotMatch(page, /<script|<link|<img|<iframe|\son\w+=|javascript:|url\(|@import|style="/i);
      }
    });

    it(`say what language they are in and what they are (${locale})`, () => {
      for (const page of everyPage(locale, 'VALUE')) {
        assert.match(page, /^<!doctype html>/i);
        assert.ok(page.includes(`<html lang="${locale === 'en' ? 'en' : 'zh-CN'}">`));
        assert.ok(page.includes(locale === 'en' ? 'LOCAL SANDBOX' : '本地沙箱'));
        assert.ok(page.includes(locale === 'en' ? 'No real money moves here' : '不涉及真实资金'));
        assert.equal(page.match(/<h1>/g)?.length, 1);
        assert.match(page, /name="viewport" content="width=device-width/);
        const own = page.replace(/<a\s+class="language"[^>]*>[^<]*<\/a\s*>/, '');
        assert.equal(/[\u4e00-\u9fff]/.test(own), locale === 'zh');
      }
    });
  }

  it('have a style that the policy lets through, and a policy that lets nothing else', () => {
    for (const page of everyPage('en', 'VALUE')) {
      const styles = [...page.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, style = '']) => style);
      const policy = styles.length > 1 ? DASHBOARD_CSP : PAGE_CSP;
      for (const style of styles)
        assert.ok(policy.includes(`'sha256-${createHash('sha256').update(style).digest('base64')}'`));
    }
    for (const policy of [PAGE_CSP, DASHBOARD_CSP]) {
      assert.ok(policy.startsWith("default-src 'none'"));
      assert.doesNotMatch(policy, /unsafe|script-src|\*/);
    }
  });
});

describe('the cashier page', () => {
  it('pays and fails by form, and leaves by link', () => {
    const page = cashierPage(cashier());
    assert.deepEqual(formsOf(page), ['/cashier/pay', '/cashier/fail']);
    assert.ok(page.includes('href="https://shop.example/back?a=1&amp;b=2"'));
    assert.match(page, /Pay 299\.00 CNY/);
  });

  it('offers to pay again after a failure, and nothing to pay in the other states', () => {
    const forms = STATES.map((state) => [state, formsOf(cashierPage(cashier({ state }))).length]);
    assert.deepEqual(forms, [
      ['pay', 2],
      ['paid', 0],
      ['closed', 0],
      ['failed', 2],
      ['missing', 0],
    ]);
  });

  it('announces what became of the payment', () => {
    for (const state of STATES) {
      assert.equal(cashierPage(cashier({ state })).includes('role="status"'), state !== 'pay', state);
    }
    assert.match(cashierPage(cashier({ message: 'Try again.' })), /role="alert">Try again\.</);
  });

  it('links back only to web addresses', () => {
    for (const leaveUrl of ['javascript:alert(1)', 'data:text/html,x', 'alipays://x', 'nowhere', undefined]) {
      assert.doesNotMatch(cashierPage(cashier({ leaveUrl })), /<a class="button/);
    }
  });
});

describe('the consent page', () => {
  it('lets a demo user be chosen, and posts the decision with the hidden fields', () => {
    const page = consentPage(consent());
    assert.deepEqual(formsOf(page), ['/oauth/agree']);
    assert.equal(page.match(/<label[^>]*>\s*<input[^>]*type="radio"[^>]*name="user_id"/g)?.length, 2);
    assert.equal(page.match(/ checked/g)?.length, 1);
    assert.match(page, /<fieldset>\s*<legend>/);
    assert.match(page, /type="hidden" name="state" value="s"/);
    assert.match(page, /name="decision" value="agree"/);
    assert.match(page, /name="decision" value="refuse"/);
  });

  it('names what each scope allows', () => {
    const page = consentPage(consent({ scopes: ['auth_user', 'auth_base', 'auth_zhima'] }));
    for (const words of ['personal details', 'which Alipay account', 'auth_zhima'])
      assert.ok(page.includes(words), words);
  });

  it('can only be refused when there is nobody to agree', () => {
    const page = consentPage(consent({ users: [] }));
    assert.doesNotMatch(page, /value="agree"/);
    assert.match(page, /value="refuse"/);
  });
});

function tagsOf(page: string): string[] {
  return [...page.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([tag]) => tag);
}

function formsOf(page: string): (string | undefined)[] {
  return [...page.matchAll(/<form method="post" action="([^"]*)"/g)].map(([, action]) => action);
}
