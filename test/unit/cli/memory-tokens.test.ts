import assert from 'node:assert/strict';
import { memoryTokens } from '../../../src/cli/memory-tokens.ts';

const TOKEN = {
  accessToken: 'authusrB0123456789',
  refreshToken: undefined,
  userId: '2088000000000001',
  openId: undefined,
  expiresAt: undefined,
};

describe('tokens in memory', () => {
  it('gives a handle that tells nothing of the token', async () => {
    const tokens = memoryTokens();
    const [one, two] = [await tokens.put(TOKEN), await tokens.put(TOKEN)];
    assert.notEqual(one, two);
    assert.match(one, /^tok_[0-9a-f]{32}$/);
    assert.deepEqual(await tokens.get(one), TOKEN);
    assert.equal(await tokens.get('tok_other'), undefined);
  });

  it('lets a code be sent once', async () => {
    const tokens = memoryTokens();
    assert.equal(await tokens.claimCode('4b203fe6c11548bcabd8da5bb087a83b'), true);
    assert.equal(await tokens.claimCode('4b203fe6c11548bcabd8da5bb087a83b'), false);
    assert.equal(await tokens.claimCode('another'), true);
  });
});
