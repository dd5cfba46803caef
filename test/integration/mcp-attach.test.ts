import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { artifactsDir } from '../support/artifacts.ts';
import { runMcp, startMcp, yes, type StockClient } from '../support/mcp-child.ts';
import { SandboxProcess } from '../support/sandbox-process.ts';

const SUITE = 'mcp-attach';
const DATA = ['--data', join(artifactsDir(SUITE), 'data')];
const REFUND = { out_trade_no: '2024040112345', refund_amount: '15.50', refund_reason: 'defective item' };

describe('npm run mcp against a running gateway', () => {
  let sandbox: SandboxProcess;
  before(async () => {
    sandbox = await SandboxProcess.start(SUITE);
  });
  after(() => sandbox.stop());

  const refundsSent = async (): Promise<number> => {
    const { json } = await sandbox.admin('GET', '/journal');
    return JSON.stringify(json).split('"alipay.trade.refund"').length - 1;
  };

  async function withClient(args: readonly string[], act: (client: StockClient) => Promise<void>): Promise<void> {
    const client = await startMcp(SUITE, [...args, ...DATA], { answer: yes });
    try {
      await act(client);
    } finally {
      await client.close();
    }
  }

  describe('--sandbox --admin URL --admin-token T', () => {
    const attached = () => ['--sandbox', '--admin', sandbox.line.admin, '--admin-token', sandbox.line.adminToken];

    it('refunds there, once, whichever process is asked', async () => {
      let operation: unknown;
      await withClient(attached(), async (client) => {
        const first = await client.call('refund_trade', REFUND);
        assert.equal(first.status, 'succeeded', first.message);
        assert.equal(client.asked.length, 1);
        operation = first['operation_id'];
      });
      await withClient(attached(), async (client) => {
        const again = await client.call('refund_trade', REFUND);
        assert.equal(again.status, 'already_done', again.message);
        assert.equal(again['operation_id'], operation);
        assert.equal(client.asked.length, 0);
      });
      const { json } = await sandbox.admin('GET', '/state');
      const refunds = json.refunds.filter(
        (refund: Record<string, unknown>) => refund['out_trade_no'] === REFUND.out_trade_no,
      );
      assert.equal(refunds.length, 1);
    });

    it('is attached to under the name localhost, with the token in a file', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'mcp-attach-token-'));
      const file = join(folder, 'token');
      writeFileSync(file, `${sandbox.line.adminToken}\n`, { mode: 0o600 });
      const admin = sandbox.line.admin.replace('127.0.0.1', 'localhost');
      await withClient(['--sandbox', '--admin', admin, '--admin-token-file', file], async (client) => {
        const found = await client.call('query_trade', { out_trade_no: REFUND.out_trade_no });
        assert.equal(found.status, 'succeeded', found.message);
      });
      writeFileSync(file, ' \n');
      const options = ['--sandbox', '--admin', admin, '--admin-token-file', file, ...DATA];
      const empty = await runMcp(SUITE, options);
      assert.match(empty.stderr, /nothing in/);
      rmSync(folder, { recursive: true });
    });

    it('G10: keeps a user’s token to itself, and sends a code once', async () => {
      const { json } = await sandbox.admin('POST', '/oauth/codes', {});
      await withClient(attached(), async (client) => {
        const got = await client.call('get_oauth_token', { code: json.auth_code });
        assert.equal(got.status, 'succeeded', got.message);
        assert.match(String(got['handle']), /^tok_[0-9a-f]{32}$/);
        const user = await client.call('query_user_info', { handle: got['handle'] });
        assert.equal(user.status, 'succeeded', user.message);
        const again = await client.call('get_oauth_token', { code: json.auth_code });
        assert.equal(again.status, 'refused', again.message);
      });
      const transcript = readFileSync(join(artifactsDir(SUITE), 'messages.jsonl'), 'utf8');
      assert.doesNotMatch(transcript, /authusr/i);
    });

    it('is refused by a sandbox with another token', async () => {
      const args = ['--sandbox', '--admin', sandbox.line.admin, '--admin-token', 'f'.repeat(64), ...DATA];
      const { code, stdout, stderr } = await runMcp(SUITE, args);
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.match(stderr, /did not prove/);
    });

    it('asks nobody who is not on this machine', async () => {
      for (const [admin, sentence] of [
        ['http://192.0.2.1/admin', /must be on this machine/],
        ['https://127.0.0.1/admin', /not a URL such as/],
        ['127.0.0.1:8088', /not a URL such as/],
        ['http://127.0.0.1:9/admin', /no sandbox at/],
      ] as const) {
        const { code, stderr } = await runMcp(SUITE, ['--sandbox', '--admin', admin, '--admin-token', 't', ...DATA]);
        assert.equal(code, 2);
        assert.match(stderr, sentence);
      }
    });

    describe('something else listening there', () => {
      let fake: Server;
      let heard: { url: string; authorization: string | undefined; body: string }[] = [];
      let reply: (body: string) => Promise<[number, string]> | [number, string];

      before(async () => {
        fake = createServer((request, response) => {
          void bodyOf(request).then(async (body) => {
            heard.push({ url: request.url ?? '', authorization: request.headers.authorization, body });
            const [status, text] = await reply(body);
            response.writeHead(status, { 'content-type': 'application/json', location: sandbox.line.admin }).end(text);
          });
        }).listen(0, '127.0.0.1');
        await once(fake, 'listening');
      });
      after(() => void fake.close());
      beforeEach(() => {
        heard = [];
      });

      async function attachToFake(): Promise<string> {
        const admin = `http://127.0.0.1:${(fake.address() as AddressInfo).port}/admin`;
        const { adminToken } = sandbox.line;
        const { code, stdout, stderr } = await runMcp(SUITE, [
          '--sandbox',
          '--admin',
          admin,
          '--admin-token',
          adminToken,
          ...DATA,
        ]);
        assert.equal(code, 2);
        assert.equal(stdout, '');
        assert.deepEqual(
          heard.map(({ url }) => url),
          ['/admin/prove'],
        );
        for (const { authorization, body } of heard) {
          assert.equal(authorization, undefined);
          assert.ok(!body.includes(adminToken));
        }
        assert.ok(!stderr.includes(adminToken));
        return stderr;
      }

      const gatewayHere = () => `http://127.0.0.1:${(fake.address() as AddressInfo).port}/gateway.do`;

      it('gets no token when it cannot prove anything', async () => {
        for (const answer of [
          '',
          '{}',
          'null',
          '[]',
          JSON.stringify({ gateway: gatewayHere(), proof: 'ab'.repeat(32) }),
        ]) {
          heard = [];
          reply = () => [200, answer];
          assert.match(await attachToFake(), /did not prove/, answer);
        }
      });

      it('gets no token when it refuses or sends elsewhere', async () => {
        reply = () => [404, '{}'];
        assert.match(await attachToFake(), /did not prove/);
        heard = [];
        reply = () => [307, ''];
        assert.match(await attachToFake(), /no sandbox at/);
      });

      it('gets no token when it lets the real sandbox answer for it', async () => {
        reply = async (body) => {
          const answer = await fetch(`${sandbox.line.admin}/prove`, { method: 'POST', body });
          return [answer.status, await answer.text()];
        };
        assert.match(await attachToFake(), /names a gateway elsewhere/);
      });

      it('gets no token when it changes the gateway of a real proof', async () => {
        reply = async (body) => {
          const answer = await fetch(`${sandbox.line.admin}/prove`, { method: 'POST', body });
          return [200, JSON.stringify({ ...((await answer.json()) as object), gateway: gatewayHere() })];
        };
        assert.match(await attachToFake(), /did not prove/);
      });
    });
  });

  describe('--gateway URL: any other gateway, loopback included', () => {
    const certificates = () => {
      const { appId, appPrivateKeyFile, appCertFile, alipayCertFile, rootCertFile } = sandbox.line.certApp;
      const files = [
        '--app-cert-file',
        appCertFile,
        '--alipay-cert-file',
        alipayCertFile,
        '--root-cert-file',
        rootCertFile,
      ];
      return ['--gateway', sandbox.line.gateway, '--app-id', appId, '--private-key-file', appPrivateKeyFile, ...files];
    };
    const keys = () => {
      const { gateway, appId, appPrivateKeyFile, alipayPublicKeyFile } = sandbox.line;
      const files = ['--private-key-file', appPrivateKeyFile, '--alipay-public-key-file', alipayPublicKeyFile];
      return ['--gateway', gateway, '--app-id', appId, ...files];
    };

    it('G5: refuses every guarded tool, even for a client that would say yes', async () => {
      const before = await refundsSent();
      await withClient(certificates(), async (client) => {
        const guarded: [string, Record<string, unknown>][] = [
          ['refund_trade', REFUND],
          ['cancel_trade', { out_trade_no: REFUND.out_trade_no }],
          ['transfer_fund', { trans_amount: '1.00', payee_identity: '2088102146225135' }],
        ];
        for (const [tool, input] of guarded) {
          const result = await client.call(tool, input);
          assert.equal(result.status, 'refused');
          assert.match(result.message, /approval needs VS Code/);
        }
        assert.equal(client.asked.length, 0);
      });
      assert.equal(await refundsSent(), before);
    });

    it('reads and creates, in both modes', async () => {
      for (const args of [certificates(), keys()]) {
        await withClient(args, async (client) => {
          const trade = await client.call('query_trade', { out_trade_no: REFUND.out_trade_no });
          assert.equal(trade.status, 'succeeded', trade.message);
          const created = await client.call('create_trade', {
            total_amount: '299.00',
            subject: 'Premium Subscription',
          });
          assert.equal(created.status, 'succeeded', created.message);
          const bill = await client.call('query_bill_download_url', { bill_date: '2024-04-11' });
          assert.equal(bill['net'], '47490.50', bill.message);
        });
      }
    });

    it('G10: says which file is wrong and how, without a character of a key', async () => {
      const replaced = (option: string, file: string) => {
        const args = keys();
        args[args.indexOf(option) + 1] = file;
        return args;
      };
      const half = join(artifactsDir(SUITE), 'not-a-key.txt');
      writeFileSync(half, 'this is not a key');
      const { alipayPublicKeyFile, appPrivateKeyFile } = sandbox.line;
      const wrong: [string[], RegExp][] = [
        [replaced('--private-key-file', alipayPublicKeyFile), /--private-key-file: This is a public key/],
        [replaced('--alipay-public-key-file', appPrivateKeyFile), /--alipay-public-key-file: This is a private key/],
        [replaced('--private-key-file', half), /--private-key-file: /],
        [
          replaced('--private-key-file', '/does/not/exist'),
          /--private-key-file: there is no file \/does\/not\/exist\./,
        ],
        [replaced('--gateway', 'http://gateway.example/gateway.do'), /must be https/],
        [replaced('--app-id', 'app'), /app id “app”/],
        [[...certificates().slice(0, -1), half], /--root-cert-file: There is no certificate/],
      ];
      const base64 = readFileSync(appPrivateKeyFile, 'utf8').split('\n')[3] ?? '';
      for (const [args, sentence] of wrong) {
        const { code, stdout, stderr } = await runMcp(SUITE, [...args, ...DATA]);
        assert.equal(code, 2, stderr);
        assert.equal(stdout, '');
        assert.match(stderr, sentence);
        assert.ok(!stderr.includes(base64.slice(0, 24)));
      }
    });
  });
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
