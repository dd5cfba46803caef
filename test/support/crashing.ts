/**
 * A process that holds a merchant's key as every root does, and dies of an error nobody catches: one that carries
 * everything within its reach. The key comes on stdin, and the way to die as the argument.
 */
import { readFileSync } from 'node:fs';
import { AlipayClient } from '../../src/alipay/client.ts';
import { systemClock } from '../../src/alipay/clock.ts';
import { parsePrivateKey } from '../../src/alipay/keys.ts';
import { keyCredentials, type Profile } from '../../src/alipay/profile.ts';

interface Given {
  readonly privateKey: string;
  readonly alipayPublicKey: string;
}

const profile: Profile = {
  id: 'shop',
  label: 'Shop',
  gateway: 'http://127.0.0.1:9/gateway.do',
  appId: '2021000000000001',
  mode: 'key',
  level: 'money-out',
  band: 'production',
};

const how = process.argv[2];
if (how === 'not-a-key') {
  const { privateKey } = JSON.parse(readFileSync(0, 'utf8')) as Given;
  parsePrivateKey(privateKey.replace('PRIVATE KEY-----\n', 'PRIVATE KEY-----\n密'));
} else {
  const { privateKey, alipayPublicKey } = JSON.parse(readFileSync(0, 'utf8')) as Given;
  const credentials = keyCredentials(parsePrivateKey(privateKey), alipayPublicKey);
  const client = new AlipayClient({ profile, credentials, clock: systemClock });
  const call = { method: 'alipay.trade.query', bizContent: { out_trade_no: 'A1' } } as const;
  const outcome = await client.send(client.prepare(call));
  const error = Object.assign(new Error('died', { cause: { client, credentials } }), { client, credentials, outcome });
  if (how === 'rejection') void Promise.reject(error);
  else throw error;
}
