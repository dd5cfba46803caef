import assert from 'node:assert/strict';
import { say } from '../../../src/text/index.ts';
import { statusOf } from '../../../src/vscode/profiles/status.ts';
import { storedProfile } from '../../support/stored-profile.ts';

const SHOP = storedProfile();
const TRIAL = storedProfile({ id: 'trial', gateway: 'https://openapi-sandbox.dl.alipaydev.com/gateway.do' });
const settings = { profiles: [SHOP, TRIAL], lock: undefined, isEmergency: false };

describe('the status bar', () => {
  it('makes production unmistakable, by a word and by colour', () => {
    const { text, colour } = statusOf('en', { ...settings, active: 'shop' });
    assert.equal(text, '$(warning) Alipay: Shop – PRODUCTION');
    assert.equal(colour, 'error');
    assert.match(statusOf('zh', { ...settings, active: 'shop' }).text, /Shop – 生产环境/);
  });

  it('keeps the alarm for production alone', () => {
    for (const active of ['trial', 'local-sandbox']) {
      const { text, colour } = statusOf('en', { ...settings, active });
      assert.equal(colour, undefined);
      assert.match(text, /sandbox/);
    }
  });

  it('shows a lock before anything else', () => {
    const { text, colour, tooltip } = statusOf('en', { ...settings, active: 'shop', lock: say('lock.altered') });
    assert.equal(text, '$(lock) Alipay: locked');
    assert.equal(colour, 'warning');
    assert.match(tooltip, /Review Locked Settings/);
  });

  it('shows that everything is locked before that, and leads out of it', () => {
    const both = { ...settings, active: 'shop', lock: say('lock.altered'), isEmergency: true };
    const { text, colour, command } = statusOf('en', both);
    assert.deepEqual([text, colour, command], ['$(lock) Alipay: LOCKED', 'error', 'alipay.unlock']);
  });
});
