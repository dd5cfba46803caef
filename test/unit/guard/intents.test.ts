import assert from 'node:assert/strict';
import fc from 'fast-check';
import { refundNumber } from '../../../src/guard/refund.ts';
import { payeeTarget } from '../../../src/guard/transfer.ts';

describe('an intent', () => {
  it('G11: names one payee however the login id is written', () => {
    const written = ['13800000001', ' 13800000001 ', '+8613800000001', '+86-13800000001', '8613800000001'];
    assert.equal(new Set(written.map((id) => payeeTarget('ALIPAY_LOGON_ID', id))).size, 1);
    assert.equal(
      payeeTarget('ALIPAY_LOGON_ID', 'Ming@Example.COM'),
      payeeTarget('ALIPAY_LOGON_ID', ' ming@example.com'),
    );
  });

  it('G11: keeps different payees apart', () => {
    assert.notEqual(payeeTarget('ALIPAY_LOGON_ID', '13800000001'), payeeTarget('ALIPAY_LOGON_ID', '13800000002'));
    assert.notEqual(payeeTarget('ALIPAY_USER_ID', '2088'), payeeTarget('ALIPAY_OPEN_ID', '2088'));
    assert.notEqual(payeeTarget('ALIPAY_OPEN_ID', 'aB'), payeeTarget('ALIPAY_OPEN_ID', 'ab'), 'an open id has cases');
    assert.notEqual(payeeTarget('ALIPAY_LOGON_ID', '86138'), payeeTarget('ALIPAY_LOGON_ID', '138'), 'no mobile number');
  });

  it('G11: derives one number from app, trade, fen and ordinal, and another from any other', () => {
    const part = fc.stringMatching(/^[0-9]{1,28}$/);
    const refund = fc.tuple(part, part, fc.integer({ min: 1, max: 10_000_000_000 }), fc.nat(50));
    fc.assert(
      fc.property(refund, refund, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        assert.equal(refundNumber(...one) === refundNumber(...other), same);
        assert.match(refundNumber(...one), /^R[0-9a-f]{40}$/);
        assert.equal(refundNumber(...one), refundNumber(...one));
      }),
    );
  });

  it('G11: the number is the published one, so that every version and computer derives the same', () => {
    assert.equal(
      refundNumber('2021000000000001', '2024040122001400000000000001', 1550, 0),
      'R668e600b26329ae574c4e7958266572427c352ae',
    );
  });
});
