import assert from 'node:assert/strict';

import fc from 'fast-check';
import iconv from 'iconv-lite';
import yauzl from 'yauzl';

import { startOfBeijingDay } from '../../../src/alipay/beijing-time.ts';
import { InputError } from '../../../src/alipay/errors.ts';
import { readBill, type Bill } from '../../../src/bills/index.ts';
import { writeAccountBill, writeTradeBill } from '../../../src/sandbox/bill-writer.ts';
import { zip, type ZipMember } from '../../../src/sandbox/zip.ts';

const FROM = startOfBeijingDay('2024-04-11');
const TO = startOfBeijingDay('2024-04-12');
const PERIOD = { account: '20881021694158000156', from: FROM, to: TO, exportedAt: TO };
const MUTATIONS = 500;

function tradeBill(): Buffer {
  const rows = Array.from({ length: 12 }, (_, index) => {
    const sign = index % 4 === 3 ? -1 : 1;
    return {
      tradeNo: `20240411220014${index}`,
      outTradeNo: `ORDER${index}`,
      kind: sign < 0 ? ('退款' as const) : ('交易' as const),
      subject: '测试商品',
      createdAt: FROM + index * 60_000,
      finishedAt: FROM + index * 61_000,
      buyer: '*杨(137****2600)',
      totalFen: sign * (10_000 + index * 137),
      receiptFen: sign * (10_000 + index * 137),
      outRequestNo: sign < 0 ? `R${index}` : '',
      feeFen: -sign * (60 + index),
      body: '',
    };
  });
  return writeTradeBill(PERIOD, rows);
}

function accountBill(): Buffer {
  const rows = Array.from({ length: 12 }, (_, index) => ({
    accountLogId: `5463244653737${index}`,
    tradeNo: `20240411220014${index}`,
    outTradeNo: `ORDER${index}`,
    subject: '测试商品',
    at: FROM + index * 60_000,
    counterparty: '*杨(137****2600)',
    incomeFen: index % 3 === 0 ? 0 : 10_000 + index * 137,
    expenseFen: index % 3 === 0 ? -(500 + index) : 0,
    balanceFen: 1_000_000 + index,
    channel: '支付宝',
    kind: index % 3 === 0 ? '收费' : '在线支付',
    remark: '',
  }));
  return writeAccountBill(PERIOD, rows);
}

/** Everything of a bill that a person would book. */
function totals(bill: Bill): unknown {
  return bill.type === 'trade'
    ? [bill.type, bill.trades, bill.refunds, bill.net, bill.fees]
    : [bill.type, bill.income, bill.expense, bill.net, bill.kinds];
}

/** Fails when a damaged bill crashes the reader, or gives other totals than the sound one and finds nothing odd about them. */
async function mustNotDeceive(damaged: Buffer, sound: Bill): Promise<'refused' | 'same' | 'reported'> {
  let bill: Bill;
  try {
    bill = await readBill(damaged);
  } catch (error) {
    assert.ok(error instanceof InputError, `not a refusal: ${String(error)}`);
    assert.doesNotThrow(() => [error.say('en'), error.say('zh')]);
    return 'refused';
  }
  if (!bill.checks.every((check) => check.agrees)) return 'reported';
  assert.deepEqual(totals(bill), totals(sound));
  return 'same';
}

async function membersOf(archive: Buffer): Promise<ZipMember[]> {
  const file = await yauzl.fromBufferPromise(archive, { decodeStrings: false });
  const members: ZipMember[] = [];
  for await (const entry of file.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await file.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    members.push({ name: entry.fileNameRaw, content: Buffer.concat(chunks) });
  }
  return members;
}

interface Damage {
  readonly kind: 'set' | 'cut' | 'repeat';
  readonly at: number;
  readonly length: number;
  readonly value: number;
}

const damages = fc.array(
  fc.record({
    kind: fc.constantFrom('set', 'cut', 'repeat'),
    at: fc.nat(),
    length: fc.integer({ min: 1, max: 40 }),
    value: fc.oneof(fc.nat(255), fc.constantFrom(...Buffer.from('0123456789,.-+#"\r\n\t '))),
  }),
  { minLength: 1, maxLength: 3 },
);

function damage(bytes: Buffer, changes: readonly Damage[]): Buffer {
  return changes.reduce((before, { kind, at, length, value }) => {
    const start = at % Math.max(1, before.length);
    const [head, part, tail] = [
      before.subarray(0, start),
      before.subarray(start, start + length),
      before.subarray(start + length),
    ];
    if (kind === 'cut') return Buffer.concat([head, tail]);
    if (kind === 'repeat') return Buffer.concat([head, part, part, tail]);
    return Buffer.concat([head, Buffer.from([value]), before.subarray(start + 1)]);
  }, bytes);
}

const BILLS = { trade: tradeBill, signcustomer: accountBill };

for (const [type, write] of Object.entries(BILLS)) {
  describe(`a damaged ${type} bill`, () => {
    const archive = write();
    let sound: Bill;
    let members: ZipMember[];

    before(async () => {
      sound = await readBill(archive);
      members = await membersOf(archive);
      assert.ok(sound.checks.every((check) => check.agrees));
    });

    it(`never crashes the reader or deceives it: ${MUTATIONS} damaged archives`, async () => {
      const property = fc.asyncProperty(damages, async (changes) => {
        await mustNotDeceive(damage(archive, changes), sound);
      });
      await fc.assert(property, { numRuns: MUTATIONS });
    });

    it(`never crashes the reader or deceives it: ${MUTATIONS} damaged files in sound archives`, async () => {
      const seen = new Set<string>();
      const property = fc.asyncProperty(fc.nat(1), damages, async (which, changes) => {
        const damaged = members.map((member, index) => {
          return index === which ? { ...member, content: damage(member.content, changes) } : member;
        });
        seen.add(await mustNotDeceive(zip(damaged, FROM), sound));
      });
      await fc.assert(property, { numRuns: MUTATIONS });
      assert.deepEqual([...seen].sort(), ['refused', 'reported', 'same'], 'the damage should do all three');
    });

    it('never takes a file with one digit changed for the sound one', async () => {
      const [detail, summary] = members;
      assert.ok(detail && summary);
      const text = iconv.decode(detail.content, 'gb18030');
      const amounts = [...text.matchAll(/,-?\d+\.\d\d(?=[,\t\r])/g)].filter(([match]) => /[1-9]/.test(match));
      assert.ok(amounts.length > 12);
      for (const { index, 0: match } of amounts) {
        const last = index + match.length - 1;
        const changed = text.slice(0, last) + String((Number(text[last]) + 1) % 10) + text.slice(last + 1);
        const content = iconv.encode(changed, 'gbk');
        await mustNotDeceive(zip([{ ...detail, content }, summary], FROM), sound);
      }
    });
  });
}
