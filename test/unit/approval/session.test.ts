import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DIGEST, FRONT, LIFE, start } from '../../support/approval-session.ts';

describe('a request before a person', () => {
  it('G5: is approved by its token and its digest, a second after it was drawn', () => {
    const { session, approve, shown } = start();
    assert.equal(approve(shown()), 'decided');
    assert.deepEqual(session.decision, { verdict: 'approved', digest: DIGEST });
  });

  it('G5: hears nothing in the first second, neither yes nor no', () => {
    const { session, approve, beat, pass } = start();
    const token = session.show();
    assert.equal(approve(token), 'too_soon', 'not drawn yet');
    beat(token);
    pass(999);
    assert.equal(approve(token), 'too_soon');
    assert.equal(session.receive({ type: 'deny', token }, FRONT), 'too_soon');
    pass(1);
    assert.equal(approve(token), 'decided');
  });

  it('G5: begins its first second anew, with a new token, whenever it comes back', () => {
    for (const leave of ['tab', 'browser', 'reload'] as const) {
      const { session, approve, beat, pass, shown } = start();
      const old = shown();
      if (leave === 'tab') {
        session.setVisible(false);
        session.setVisible(true);
      }
      if (leave === 'browser') session.receive({ type: 'hidden' }, FRONT);
      const token = session.show();
      assert.notEqual(token, old);
      pass(5_000);
      assert.equal(approve(old), 'nothing', leave);
      beat(token);
      pass(999);
      assert.equal(approve(token), 'too_soon', leave);
      pass(1);
      assert.equal(approve(token), 'decided', leave);
    }
  });

  it('G1: is not approved by another digest', () => {
    const { session, approve, shown } = start();
    assert.equal(approve(shown(), { digest: 'e'.repeat(64) }), 'nothing');
    assert.equal(session.decision, undefined);
  });

  it('G5: is not approved unless the panel is visible and active', () => {
    const { session, approve, shown } = start();
    const token = shown();
    assert.equal(approve(token, {}, { visible: true, active: false }), 'inactive');
    assert.equal(approve(token, {}, { visible: false, active: true }), 'nothing');
    assert.equal(session.decision, undefined);
  });

  it('in production needs exactly the amount typed', () => {
    const { session, approve, shown } = start('299.00');
    const token = shown();
    for (const typedAmount of [undefined, '', '299', '299.0', ' 299.00', '299.00 ', '２９９.00', '1299.00']) {
      assert.equal(approve(token, typedAmount === undefined ? {} : { typedAmount }), 'wrong_amount', typedAmount);
    }
    assert.equal(session.decision, undefined);
    assert.equal(approve(token, { typedAmount: '299.00' }), 'decided');
  });

  it('G3: is denied after ten seconds on the screen without a heartbeat, and not before', () => {
    const { session, pass, beat, shown } = start();
    const token = shown();
    beat(token);
    pass(9_999);
    assert.equal(session.tick(), undefined);
    beat(token);
    pass(9_999);
    assert.equal(session.tick(), undefined);
    pass(1);
    assert.deepEqual(session.tick(), { verdict: 'denied' });
  });

  it('G3: needs no heartbeat while it is off the screen', () => {
    const { session, pass, shown } = start();
    shown();
    session.setVisible(false);
    pass(60_000);
    assert.equal(session.tick(), undefined);
    session.setVisible(true);
    pass(30_000);
    assert.deepEqual(session.tick(), { verdict: 'denied' }, 'a page that never loads');
  });

  it('G3: expires by the wall clock or by the monotonic one', () => {
    for (const which of ['wall', 'mono'] as const) {
      const { clock, session, approve, shown } = start();
      const token = shown();
      session.setVisible(false);
      clock[which] += LIFE - 1_001;
      assert.equal(session.tick(), undefined, which);
      clock[which] += 1;
      assert.equal(approve(token), 'nothing');
      assert.deepEqual(session.decision, { verdict: 'expired' }, which);
    }
  });

  it('G3: is denied when it is closed, and says why a person said no', () => {
    const closed = start();
    closed.session.close();
    assert.deepEqual(closed.session.decision, { verdict: 'denied' });
    const { session, shown } = start();
    session.receive({ type: 'deny', token: shown(), reason: ' wrong order ' }, FRONT);
    assert.deepEqual(session.decision, { verdict: 'denied', reason: 'wrong order' });
  });

  it('cuts a reason that is longer than the box takes', () => {
    const { session, shown } = start();
    session.receive({ type: 'deny', token: shown(), reason: 'x'.repeat(5_000) }, FRONT);
    assert.equal(session.decision?.verdict === 'denied' && session.decision.reason?.length, 200);
  });

  it('given up in its last second has expired', () => {
    const { session, pass, shown } = start();
    shown();
    session.setVisible(false);
    pass(LIFE - 2_000);
    session.giveUp();
    assert.deepEqual(session.decision, { verdict: 'expired' });
    const early = start();
    early.session.giveUp();
    assert.deepEqual(early.session.decision, { verdict: 'denied' });
  });

  it('G5: takes nothing that is not a message', () => {
    const { session, shown } = start();
    const token = shown();
    const inherited = Object.create({ type: 'approve', token, digest: DIGEST }) as object;
    const junk: unknown[] = [
      undefined,
      null,
      'approve',
      [],
      inherited,
      { type: 'approve' },
      { type: 'approve', token },
      { type: 'approve', digest: DIGEST },
      { type: 'approve', token: [token], digest: DIGEST },
      { type: 'approve', token, digest: DIGEST, typedAmount: 15.5 },
      { type: 'Approve', token, digest: DIGEST },
      { type: 'deny' },
      { type: 'deny', token, reason: { toString: () => 'x' } },
    ];
    for (const message of junk) assert.equal(session.receive(message, FRONT), 'nothing', JSON.stringify(message));
    fc.assert(
      fc.property(fc.anything(), (message) => {
        const receipt = session.receive(message, FRONT);
        return receipt === 'nothing' || receipt === 'stale';
      }),
    );
    assert.equal(session.decision, undefined);
  });

  it('tells a page that lives with an old token to draw anew', () => {
    const { session, beat, shown } = start();
    const old = shown();
    session.show();
    assert.equal(beat(old), 'stale');
  });
});
