import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { InputError, ProductError, RefusedError } from '../../../src/alipay/errors.ts';
import { downloadBill, isBillHost, type DownloadOptions } from '../../../src/bills/index.ts';

const SECRET = 'fileId=SECRET-9f3a';
const ZIP = Buffer.from('PK\x03\x04 and so on');

function options(overrides: Partial<DownloadOptions> = {}): DownloadOptions {
  return {
    fetch: globalThis.fetch,
    signal: new AbortController().signal,
    maxBytes: 1_048_576,
    allowedHost: () => true,
    ...overrides,
  };
}

/** A fetch that notes what it was asked and answers with `response`. */
function fetching(response: () => Response): { fetch: typeof globalThis.fetch; asked: string[] } {
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = (input) => {
    asked.push(input instanceof Request ? input.url : String(input));
    return Promise.resolve(response());
  };
  return { fetch, asked };
}

async function refusal(promise: Promise<unknown>): Promise<ProductError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ProductError, `expected a refusal, got ${String(error)}`);
  const everything = [error.message, error.stack, error.say('zh'), JSON.stringify(error), String(error.cause)].join();
  assert.ok(!everything.includes('SECRET'), 'the link is in the message');
  return error;
}

describe('which hosts keep bills', () => {
  it('are those of Alipay, and nothing that only looks like them', () => {
    const yes = ['https://dwbillcenter.alipay.com/x', 'https://alipay.com/', 'https://a.b.alipaydev.com/'];
    const no = [
      'https://alipay.com.evil.example/',
      'https://notalipay.com/',
      'https://x.alipay.com:8443/',
      'http://127.0.0.1/',
    ];
    for (const url of yes) assert.ok(isBillHost(new URL(url)), url);
    for (const url of no) assert.ok(!isBillHost(new URL(url)), url);
  });
});

describe('downloading a bill', () => {
  let server: Server;
  let answer: RequestListener;
  let link: string;

  before(async () => {
    server = createServer((request, response) => answer(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    link = `http://127.0.0.1:${(server.address() as AddressInfo).port}/downloadBillFile.resource?${SECRET}`;
  });

  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it('gives the bytes of the ZIP', async () => {
    answer = (request, response) => response.end(request.url?.includes(SECRET) ? ZIP : 'no');
    assert.deepEqual(await downloadBill(link, options()), ZIP);
  });

  it('asks an http link of the platform over https', async () => {
    const { fetch, asked } = fetching(() => new Response(ZIP));
    await downloadBill('http://dwbillcenter.alipay.com/a?b=1', options({ fetch, allowedHost: isBillHost }));
    assert.deepEqual(asked, ['https://dwbillcenter.alipay.com/a?b=1']);
  });

  it('asks no other host, no other protocol and no link with a password', async () => {
    const { fetch, asked } = fetching(() => new Response(ZIP));
    const strict = options({ fetch, allowedHost: isBillHost });
    for (const url of [
      `https://evil.example/?${SECRET}`,
      link,
      `file:///etc/passwd?${SECRET}`,
      `not a link ${SECRET}`,
    ]) {
      assert.ok((await refusal(downloadBill(url, strict))) instanceof InputError);
    }
    assert.ok((await refusal(downloadBill('https://u:SECRET@x.alipay.com/', strict))) instanceof InputError);
    assert.deepEqual(asked, []);
  });

  it('follows no redirect', async () => {
    let asked = 0;
    answer = (_, response) => {
      asked += 1;
      response.writeHead(302, { location: `http://127.0.0.1:1/?${SECRET}` }).end();
    };
    assert.match((await refusal(downloadBill(link, options()))).message, /elsewhere/);
    assert.equal(asked, 1);
  });

  it('says so when there is an error status, a web page or something else instead', async () => {
    answer = (_, response) => response.writeHead(404).end('gone');
    assert.match((await refusal(downloadBill(link, options()))).message, /HTTP 404/);
    answer = (_, response) => response.end(`\ufeff  <!doctype html><p>${SECRET}`);
    assert.match((await refusal(downloadBill(link, options()))).message, /web page/);
    answer = (_, response) => response.end('{"code":"40004"}');
    assert.match((await refusal(downloadBill(link, options()))).message, /not a ZIP/);
    answer = (_, response) => response.end();
    assert.match((await refusal(downloadBill(link, options()))).message, /not a ZIP/);
  });

  it('stops at the cap while the bytes arrive', async () => {
    let closed: Promise<unknown> | undefined;
    answer = (_, response) => {
      closed = once(response, 'close');
      response.write(Buffer.concat([ZIP, Buffer.alloc(70_000)]));
    };
    const error = await refusal(downloadBill(link, options({ maxBytes: 65_536 })));
    assert.ok(error instanceof RefusedError);
    assert.match(error.message, /larger than/);
    await closed;
  });

  it('says so when the connection is cut, refused or too slow', async () => {
    answer = (_, response) => {
      response.write(ZIP);
      setImmediate(() => response.destroy());
    };
    assert.match(
      (await refusal(downloadBill(link, options()))).message,
      /no connection to 127\.0\.0\.1, or it was cut/,
    );
    assert.match((await refusal(downloadBill(`http://127.0.0.1:1/?${SECRET}`, options()))).message, /no connection/);
    answer = (_, response) => response.write(ZIP);
    assert.match((await refusal(downloadBill(link, options({ timeoutMs: 50 })))).message, /too long/);
  });

  it('stops when nobody waits any longer, with the reason given', async () => {
    const waiting = new AbortController();
    const reason = new Error('closed');
    answer = (_, response) => {
      response.write(ZIP);
      waiting.abort(reason);
    };
    await assert.rejects(downloadBill(link, options({ signal: waiting.signal })), (error) => error === reason);
  });
});
