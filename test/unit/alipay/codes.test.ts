import assert from 'node:assert/strict';
import { explainCode } from '../../../src/alipay/codes.ts';
import { dataMeanings } from '../../../src/text/codes-data.ts';
import { gatewayMeanings } from '../../../src/text/codes-gateway.ts';
import { limitMeanings } from '../../../src/text/codes-limits.ts';
import { nextSteps } from '../../../src/text/codes-next.ts';
import { payMeanings } from '../../../src/text/codes-pay.ts';
import { tradeMeanings } from '../../../src/text/codes-trade.ts';
import { transferMeanings } from '../../../src/text/codes-transfer.ts';
import { codesText } from '../../../src/text/codes.ts';
import { render, say } from '../../../src/text/index.ts';
import type { Bilingual } from '../../../src/text/sentence.ts';

const families: readonly Readonly<Record<string, Bilingual>>[] = [
  gatewayMeanings,
  dataMeanings,
  payMeanings,
  tradeMeanings,
  transferMeanings,
  limitMeanings,
];
const everyCode = families.flatMap((family) => Object.keys(family));

/** `alipay-openapi.md` §2.3: the platform says of these itself that the result is not known. */
const UNKNOWN_BY_THE_PLATFORM = [
  'ACQ.SYSTEM_ERROR',
  'AQC.SYSTEM_ERROR',
  'SYSTEM_ERROR',
  'isp.unknow-error',
  'aop.unknow-error',
  'aop.ACQ.SYSTEM_ERROR',
];

/** §3.12: transfer codes after which an order may exist under the number. */
const UNKNOWN_TRANSFERS = [
  'REQUEST_PROCESSING',
  'TRANS_ORDER_DEALING',
  'PROMO_TRANS_ORDER_DEALING',
  'MRCHPROD_QUERY_ERROR',
  'BANK_RESPONSE_ERROR',
  'PROCESS_FAIL',
  'RESOURCE_LIMIT_EXCEED',
  'BIZ_UNIQUE_EXCEPTION',
  'ILLEGAL_STATUS_EXCEPTION',
  'ORDER_STATUS_INVALID',
  'PAYMENT_INFO_INCONSISTENCY',
];

/** A read that failed without saying why; nothing depends on it. */
const UNKNOWN_READS = ['UNKNOWN_ERROR'];

describe('the table of codes', () => {
  it('G7: calls exactly the ambiguous codes unknown', () => {
    const unknown = everyCode.filter((code) => explainCode(code)?.outcome === 'unknown');
    const expected = [...UNKNOWN_BY_THE_PLATFORM, ...UNKNOWN_TRANSFERS, ...UNKNOWN_READS];
    assert.deepEqual(unknown.toSorted(), expected.toSorted());
  });

  it('G7: after an unknown transfer or trade the next step is to query, never to repeat', () => {
    for (const code of [...UNKNOWN_BY_THE_PLATFORM, ...UNKNOWN_TRANSFERS]) {
      const next = explainCode(code)?.next;
      assert.ok(next === 'next.ask_again' || next === 'next.query_transfer', `${code}: ${next}`);
    }
  });

  it('rejects a refund number that is taken, and says that a refund exists under it', () => {
    const entry = explainCode('ACQ.DISCORDANT_REPEAT_REQUEST');
    assert.ok(entry);
    assert.equal(entry.outcome, 'rejected');
    assert.match(render('en', say(entry.next)), /refund with this number and another amount exists: query it/);
  });

  it('keeps the spellings of the platform, wrong ones too', () => {
    const spellings = [
      'AQC.SYSTEM_ERROR',
      'TRADE_NOT_EXIST',
      'ACQ.TRADE_NOT_EXIST',
      'INVAILID_ARGUMENTS',
      'isp.bill_not_exist',
      'isp.unknow-error',
      'PAYEE_ACC_OCUPIED',
      'PAYEE_ACCOUNT_NOT_EXSIT',
      'ACQ.REASON_TRADE_BEEN_FREEZEN',
      'BLOCK_USER_FORBBIDEN_RECIEVE',
      'app-cert-expired',
    ];
    for (const code of spellings) assert.ok(explainCode(code), code);
  });

  it('has each code once, with a meaning and a next step that exist', () => {
    assert.equal(new Set(everyCode).size, everyCode.length);
    assert.ok(everyCode.length >= 240, `${everyCode.length} codes`);
    for (const code of everyCode) {
      const entry = explainCode(code);
      assert.ok(entry, code);
      assert.ok(Object.hasOwn(nextSteps, entry.next), `${code}: ${entry.next}`);
      assert.equal(render('en', entry.meaning), families.find((family) => code in family)?.[code]?.en);
    }
  });

  it('uses every next step it offers', () => {
    const used = new Set<string>(everyCode.map((code) => explainCode(code)?.next ?? ''));
    assert.deepEqual(
      Object.keys(nextSteps).filter((step) => !used.has(step)),
      [],
    );
  });

  it('says each of them in one sentence, in English and in Chinese', () => {
    for (const [key, { en, zh }] of Object.entries<Bilingual>(codesText)) {
      assert.match(en, /^[A-Z][^\n]{10,150}\.$/, `${key}: ${en}`);
      assert.match(zh, /^[^\n]{4,80}。$/, `${key}: ${zh}`);
      assert.doesNotMatch(en, /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u, `${key}: ${en}`);
      assert.match(zh, /\p{Script=Han}/u, `${key}: ${zh}`);
      assert.doesNotMatch(zh, /[a-z]{2,}[ ,]+[a-z]{2,}/i, `${key}: ${zh}`);
      if (key.startsWith('code.')) assert.doesNotMatch(en, /\. [A-Z]/, `${key}: ${en}`);
    }
  });

  it('knows nothing under inherited or unknown names', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', '', 'ACQ.', 'acq.system_error']) {
      assert.equal(explainCode(name), undefined, name);
    }
  });
});
