import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { RUN_FOLDER, registeredSecrets } from '../support/artifacts.ts';
import { scanFolder } from '../support/secret-scan.ts';

describe('the secret scan', () => {
  let folder: string;
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  const der = privateKey.export({ format: 'der', type: 'pkcs1' });
  const body = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  const token = randomBytes(30).toString('base64url');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'secret-scan-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function leaksIn(content: string | Buffer, secrets: string[] = [pem, token]): string[] {
    writeFileSync(join(folder, 'artifact.log'), content);
    return [...new Set(scanFolder(folder, secrets).leaks.map((leak) => leak.what))];
  }

  const middle = der.subarray(600, 640);
  const planted: [string, string | Buffer][] = [
    ['24 characters of the base64 body', `log: ${body.slice(700, 724)} …`],
    ['the same key in PKCS#1 base64', der.subarray(600).toString('base64').slice(0, 24)],
    ['base64 at another alignment', `${Buffer.concat([Buffer.from('xy'), middle]).toString('base64')}`],
    ['base64url', withOwnLetters(der)],
    ['hex', middle.toString('hex')],
    ['upper-case hex', middle.toString('hex').toUpperCase()],
    ['raw bytes', middle],
    ['24 characters of a token', `access_token=${token.slice(5, 29)}&`],
    ['a token in base64', Buffer.from(`Bearer ${token}`).toString('base64')],
  ];
  for (const [title, content] of planted) {
    it(`G10: finds ${title}`, () => {
      assert.match(leaksIn(content).join(), /^secret [12] as /);
    });
  }

  it('G10: finds a short token as a whole', () => {
    assert.deepEqual(leaksIn('a 0123456789abcdef b', ['0123456789abcdef']), ['secret 1 as text']);
  });

  it('G10: finds a secret registered as bare base64', () => {
    assert.notDeepEqual(leaksIn(body.slice(700, 724), [body]), []);
  });

  for (const type of ['pkcs1', 'pkcs8'] as const) {
    it(`G10: finds a ${type} private key nobody registered`, () => {
      const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
      const bytes = other.export({ format: 'der', type });
      assert.deepEqual(leaksIn(`"${bytes.toString('base64')}"`), ['an RSA private key in base64']);
      assert.deepEqual(leaksIn(bytes.toString('hex')), ['an RSA private key in hex']);
      assert.deepEqual(leaksIn(bytes), ['an RSA private key in DER']);
      const asText = other.export({ format: 'pem', type }).toString();
      assert.ok(leaksIn(JSON.stringify(asText)).includes('a PEM private key'));
    });
  }

  it('G10: finds a secret in the write-ahead log of an open database', () => {
    const db = new DatabaseSync(join(folder, 'ledger.sqlite'));
    db.exec('PRAGMA journal_mode=WAL; CREATE TABLE t (v TEXT)');
    db.prepare('INSERT INTO t VALUES (?)').run(token);
    const files = scanFolder(folder, [token]).leaks.map((leak) => leak.file);
    db.close();
    assert.deepEqual(files, ['ledger.sqlite-wal']);
  });

  it('leaves public keys, public halves and ordinary text alone', () => {
    const spki = publicKey.export({ format: 'der', type: 'spki' });
    const pkcs1 = publicKey.export({ format: 'der', type: 'pkcs1' });
    const harmless = [spki, pkcs1].flatMap((bytes) => [bytes.toString('base64'), bytes.toString('hex')]);
    assert.deepEqual(leaksIn(`${harmless.join('\n')}\n${body.slice(0, 60).slice(20)}\ntotal 48720.50`), []);
  });

  it('refuses to prove anything from nothing', () => {
    assert.throws(() => scanFolder(folder, [token]), /nothing to scan/);
    writeFileSync(join(folder, 'empty.log'), '');
    assert.throws(() => scanFolder(folder, [token]), /nothing to scan/);
    writeFileSync(join(folder, 'full.log'), 'text');
    assert.throws(() => scanFolder(folder, []), /no secret was registered/);
  });
});

describe('what the suites left behind', () => {
  it('G10: holds no private key and no access token', () => {
    const { leaks } = scanFolder(RUN_FOLDER, registeredSecrets());
    assert.deepEqual(leaks, []);
  });
});

/** 24 characters from the private part of a key that base64 would write otherwise. */
function withOwnLetters(der: Buffer): string {
  const runs = Array.from({ length: 100 }, (_, i) => der.subarray(600 + i, 618 + i).toString('base64url'));
  const run = runs.find((text) => /[-_]/.test(text));
  assert.ok(run);
  return run;
}
