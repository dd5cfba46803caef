import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './support/window.ts';

describe('the browser of the tests', function () {
  this.timeout(120_000);
  let browser: Browser;

  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser?.close());

  it('draws Chinese characters, not boxes', async () => {
    const page = await browser.newPage();
    const drawn = await page.evaluate<string[]>(`(() => {
      const draw = (text) => {
        const canvas = document.createElement('canvas');
        canvas.width = canvas.height = 48;
        const pen = canvas.getContext('2d');
        pen.font = '32px sans-serif';
        pen.fillText(text, 4, 36);
        return canvas.toDataURL();
      };
      return ['批', '准', '拒', '绝', '转', '账', '\\u{10ffff}'].map(draw);
    })()`);
    assert.equal(new Set(drawn).size, drawn.length, 'two different characters look the same');
  });

  it('keeps one origin from reading another', async () => {
    const [here, there] = [await serve('a page'), await serve('not for others')];
    try {
      const page = await browser.newPage();
      await page.goto(here.origin);
      const read = (origin: string) => page.evaluate(`fetch('${origin}').then((answer) => answer.text())`);
      assert.equal(await read(here.origin), 'a page');
      await assert.rejects(read(there.origin), /Failed to fetch/);
    } finally {
      here.close();
      there.close();
    }
  });
});

async function serve(text: string): Promise<{ origin: string; close: () => void }> {
  const server = createServer((_request, response) => response.end(text));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}/`, close: () => server.close().closeAllConnections() };
}
