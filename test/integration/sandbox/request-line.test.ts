import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { rightParams, signed } from '../../support/raw-request.ts';
import { SandboxProcess } from '../../support/sandbox-process.ts';

let sandbox: SandboxProcess;

/** Asks for `target` as it stands, under a Host header of its own. */
async function ask(target: string, host?: string): Promise<{ status: number | undefined; text: string }> {
  const { hostname, port } = new URL(sandbox.line.gateway);
  const sent = request({ hostname, port, path: target, ...(host === undefined ? {} : { headers: { host } }) });
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk as string;
  return { status: response.statusCode, text };
}

describe('a request line', function () {
  this.timeout(60_000);
  before(async () => {
    sandbox = await SandboxProcess.start('sandbox-request-line', '--seed', 'demo');
  });
  after(() => sandbox.stop());

  it('may name the whole address, as the official Python SDK’s does', async () => {
    const query = new URLSearchParams(signed(sandbox, 'key', rightParams(sandbox, 'key'))).toString();
    for (const target of [`/gateway.do?${query}`, `${sandbox.line.gateway}?${query}`]) {
      const { status, text } = await ask(target);
      assert.equal(status, 200);
      assert.match(text, /^\{"alipay_trade_query_response":\{"code":"10000"/);
    }
  });

  it('does not get past the Host header', async () => {
    assert.equal((await ask(sandbox.line.gateway, 'evil.example')).status, 421);
    assert.equal((await ask('http://evil.example/gateway.do', 'evil.example')).status, 421);
  });
});
