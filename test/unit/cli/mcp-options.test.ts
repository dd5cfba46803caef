import assert from 'node:assert/strict';
import { parseMcpOptions } from '../../../src/cli/mcp-options.ts';
import { refusal } from '../../support/sentences.ts';

const parse = (line: string, env: NodeJS.ProcessEnv = {}) => parseMcpOptions(line.split(' ').filter(Boolean), env);

const KEY = '--gateway https://openapi.alipay.com/gateway.do --app-id 2021000000000001 --private-key-file k.pem';
const CERTIFICATES = '--app-cert-file a.crt --alipay-cert-file b.crt --root-cert-file c.crt';

describe('the options of npm run mcp', () => {
  it('reads an embedded sandbox', () => {
    assert.deepEqual(parse('--sandbox'), {
      locale: 'en',
      target: { kind: 'embedded' },
      data: undefined,
      http: undefined,
    });
    assert.deepEqual(parse('--sandbox --data /d --http 0 --locale zh'), {
      locale: 'zh',
      target: { kind: 'embedded' },
      data: '/d',
      http: 0,
    });
  });

  it('reads a running sandbox', () => {
    const { target } = parse('--sandbox --admin http://127.0.0.1:1/admin --admin-token t0k3n');
    assert.deepEqual(target, { kind: 'attach', admin: 'http://127.0.0.1:1/admin', token: 't0k3n' });
  });

  it('takes the token of a sandbox from a file or the environment, out of the list of processes', () => {
    const admin = 'http://127.0.0.1:1/admin';
    const line = `--sandbox --admin ${admin}`;
    assert.deepEqual(parse(`${line} --admin-token-file f`).target, { kind: 'attach', admin, tokenFile: 'f' });
    const env = { SANDBOX_ADMIN_TOKEN: 'from-env' };
    assert.deepEqual(parse(line, env).target, { kind: 'attach', admin, token: 'from-env' });
    assert.deepEqual(parse(`${line} --admin-token t`, env).target, { kind: 'attach', admin, token: 't' });
    assert.deepEqual(parse('--sandbox', env).target, { kind: 'embedded' });
  });

  it('reads another gateway in both modes', () => {
    assert.deepEqual(parse(`${KEY} --alipay-public-key-file p.pem`).target, {
      kind: 'gateway',
      gateway: 'https://openapi.alipay.com/gateway.do',
      appId: '2021000000000001',
      files: { mode: 'key', privateKey: 'k.pem', alipayPublicKey: 'p.pem' },
    });
    const { target } = parse(`${KEY} ${CERTIFICATES}`);
    assert.ok(target.kind === 'gateway');
    const files = {
      mode: 'certificate',
      privateKey: 'k.pem',
      appCert: 'a.crt',
      alipayCert: 'b.crt',
      rootCert: 'c.crt',
    };
    assert.deepEqual(target.files, files);
  });

  it('reads what is to be done about a ledger', () => {
    const { target, data } = parse('--ledger set-aside --data /d');
    assert.deepEqual([target, data], [{ kind: 'ledger', action: 'set-aside' }, '/d']);
  });

  it('takes --name=value, and a value that begins with a dash only so', () => {
    assert.equal(parse('--sandbox --data=--odd').data, '--odd');
    assert.equal(refusal(() => parse('--sandbox --data --http')).key, 'option.no_value');
  });

  const wrong: [string, string, Record<string, string>][] = [
    ['', 'mcp.option.which', {}],
    ['--sandbox --yes', 'option.unknown', { option: '--yes' }],
    ['--sandbox -x', 'option.unknown', { option: '-x' }],
    ['--sandbox please', 'option.unknown', { option: 'please' }],
    ['--sandbox=no', 'option.takes_none', { option: '--sandbox' }],
    ['--sandbox --data', 'option.no_value', { option: '--data' }],
    ['--sandbox --data a --data b', 'mcp.option.twice', { option: '--data' }],
    ['--sandbox --http x', 'mcp.option.port', { value: 'x' }],
    ['--sandbox --http 65536', 'mcp.option.port', { value: '65536' }],
    ['--sandbox --locale fr', 'mcp.option.locale', { value: 'fr' }],
    [
      '--sandbox --admin http://127.0.0.1:1/a',
      'mcp.option.needs',
      { option: '--admin', missing: '--admin-token-file' },
    ],
    [
      '--sandbox --admin u --admin-token t --admin-token-file f',
      'mcp.option.not_with',
      { option: '--admin-token-file', other: '--admin-token' },
    ],
    ['--sandbox --admin-token-file f', 'mcp.option.needs', { option: '--admin-token-file', missing: '--admin' }],
    ['--admin-token-file f', 'mcp.option.needs', { option: '--admin-token-file', missing: '--sandbox' }],
    ['--sandbox --admin-token t', 'mcp.option.needs', { option: '--admin-token', missing: '--admin' }],
    ['--admin http://127.0.0.1:1/a --admin-token t', 'mcp.option.needs', { option: '--admin', missing: '--sandbox' }],
    ['--http 0', 'mcp.option.needs', { option: '--http', missing: '--sandbox' }],
    [`${KEY} --alipay-public-key-file p --http 0`, 'mcp.option.needs', { option: '--http', missing: '--sandbox' }],
    ['--sandbox --admin u --admin-token t --http 0', 'mcp.option.not_with', { option: '--admin', other: '--http' }],
    [`--sandbox ${KEY}`, 'mcp.option.not_with', { option: '--sandbox', other: '--gateway' }],
    ['--sandbox --app-id 1', 'mcp.option.not_with', { option: '--sandbox', other: '--app-id' }],
    ['--ledger delete', 'ledger_command.action', { value: 'delete' }],
    ['--sandbox --ledger verify', 'mcp.option.not_with', { option: '--ledger', other: '--sandbox' }],
    [`${KEY} --ledger accept`, 'mcp.option.not_with', { option: '--ledger', other: '--gateway' }],
    ['--app-id 1', 'mcp.option.needs', { option: '--app-id', missing: '--gateway' }],
    ['--gateway u', 'mcp.option.needs', { option: '--gateway', missing: '--app-id' }],
    ['--gateway u --app-id 1', 'mcp.option.needs', { option: '--gateway', missing: '--private-key-file' }],
    [KEY, 'mcp.option.which_key', {}],
    [`${KEY} --root-cert-file r`, 'mcp.option.needs', { option: '--root-cert-file', missing: '--app-cert-file' }],
    [
      `${KEY} ${CERTIFICATES} --alipay-public-key-file p`,
      'mcp.option.not_with',
      { option: '--alipay-public-key-file', other: '--app-cert-file' },
    ],
  ];
  for (const [line, key, args] of wrong) {
    it(`says what is wrong with “${line}”`, () => {
      assert.deepEqual(
        refusal(() => parse(line)),
        { key, args },
      );
    });
  }

  it('speaks the language of the terminal, unless told otherwise', () => {
    assert.equal(parse('--sandbox', { LANG: 'zh_CN.UTF-8' }).locale, 'zh');
    assert.equal(parse('--sandbox', { LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }).locale, 'en');
    assert.equal(parse('--sandbox --locale en', { LANG: 'zh_CN.UTF-8' }).locale, 'en');
    assert.equal(parse('--sandbox', {}).locale, 'en');
  });

  it('G5: reads nothing of the environment but the language and the sandbox’s token', () => {
    const read = new Set<string>();
    const env = new Proxy<Record<string, string>>({}, { get: (_, name) => void read.add(String(name)) });
    parse('--sandbox', env);
    parse(`${KEY} --alipay-public-key-file p`, env);
    refusal(() => parse('--sandbox --admin http://127.0.0.1:1/a', env));
    assert.deepEqual([...read].toSorted(), ['LANG', 'LC_ALL', 'LC_MESSAGES', 'SANDBOX_ADMIN_TOKEN']);
  });

  it('G5: knows no option that approves', () => {
    for (const option of ['--yes', '--approve', '--auto-approve', '--no-confirm', '-y']) {
      assert.equal(refusal(() => parse(`--sandbox ${option}`)).key, 'option.unknown');
    }
  });
});
