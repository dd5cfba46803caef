import assert from 'node:assert/strict';
import type { AlipaySdk, AlipaySdkCommonResult } from 'alipay-sdk';
import { SandboxProcess } from './sandbox-process.ts';

let lastNumber = 0;

/** A merchant's number nobody has used. */
export function newNumber(): string {
  lastNumber += 1;
  return `SDK${process.pid}_${lastNumber}`;
}

/** One call of the official SDK, its answer's signature checked by the SDK. */
export function call(
  sdk: AlipaySdk,
  method: string,
  bizContent?: object,
  params: object = {},
): Promise<AlipaySdkCommonResult> {
  return sdk.exec(method, { ...params, ...(bizContent ? { bizContent } : {}) }, { validateSign: true });
}

/** A QR that was scanned and paid; answers its number. */
export async function paidTrade(
  sandbox: SandboxProcess,
  sdk: AlipaySdk,
  amount = '299.00',
  params: object = {},
): Promise<string> {
  const outTradeNo = newNumber();
  const order = { out_trade_no: outTradeNo, total_amount: amount, subject: 'test' };
  await call(sdk, 'alipay.trade.precreate', order, params);
  assert.equal((await sandbox.admin('POST', `/trades/${outTradeNo}/pay`)).status, 200);
  return outTradeNo;
}

/** What a test of both modes works with. */
export interface Stage {
  readonly sandbox: SandboxProcess;
  readonly mode: 'key' | 'certificate';
  readonly sdk: AlipaySdk;
}

/** Runs the same tests in key mode and in certificate mode, against one `npm run sandbox`. */
export function bothModes(title: string, tests: (stage: Stage) => void): void {
  describe(title, function () {
    this.timeout(60_000);
    let running: SandboxProcess | undefined;
    before(async () => {
      running = await SandboxProcess.start(title.replaceAll(/\W+/g, '-'), '--port', '0');
    });
    after(async () => {
      assert.equal(await running?.stop(), 0);
    });
    for (const mode of ['key', 'certificate'] as const) {
      describe(`in ${mode} mode`, () => {
        tests({
          mode,
          get sandbox() {
            assert.ok(running);
            return running;
          },
          get sdk() {
            return this.sandbox.sdk(mode);
          },
        });
      });
    }
  });
}
