import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';

import { InputError } from '../../../src/alipay/errors.ts';
import { readBill } from '../../../src/bills/index.ts';
import { zip } from '../../../src/sandbox/zip.ts';
import { tradeDetail, tradeRow, tradeTotals, zipOf, zipOfBytes } from './bill-files.ts';

const DETAIL = tradeDetail([tradeRow('交易', '20.00')], tradeTotals(1, '20.00', 0, '0.00'));
const LOCAL_HEADER = 30;

async function refuses(archive: Buffer, sentence: RegExp): Promise<void> {
  await assert.rejects(readBill(archive), (error: unknown) => {
    assert.ok(error instanceof InputError, String(error));
    assert.match(error.say('en'), sentence);
    return true;
  });
}

/** The archive with one 16-bit field of both its headers changed; offsets as in the local header. */
function withField(archive: Buffer, offset: number, change: (value: number) => number): Buffer {
  const changed = Buffer.from(archive);
  const central = changed.indexOf('PK\x01\x02', 0, 'latin1');
  for (const at of [offset, central + 2 + offset]) changed.writeUInt16LE(change(changed.readUInt16LE(at)), at);
  return changed;
}

describe('opening the archive of a bill', () => {
  it('refuses what is no archive', async () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('<html>'), randomBytes(500).fill(0, 0, 1)]) {
      await refuses(bytes, /not a ZIP/);
    }
  });

  it('refuses an archive cut off anywhere', async () => {
    const archive = zipOf(DETAIL);
    for (let length = 2; length < archive.length; length += 7) {
      await assert.rejects(readBill(archive.subarray(0, length)), InputError, `cut to ${length}`);
    }
  });

  it('refuses names that lead elsewhere', async () => {
    for (const name of ['../a.csv', 'a/../../b.csv', '/etc/a.csv', 'C:\\a.csv', 'a\\b.csv', 'C:a.csv', 'a\0.csv', '']) {
      await refuses(zipOf({ ...DETAIL, name }), /unsafe name/);
    }
  });

  it('reads a backslash as part of a GBK letter, which it may be', async () => {
    const archive = zipOfBytes({ name: '乗_業务.csv', bytes: Buffer.from('x') });
    assert.ok(archive.includes(0x5c), 'the fixture needs a letter with such a byte');
    await refuses(archive, /None of the 1 files/);
  });

  it('refuses two files of one name', async () => {
    await refuses(zipOf(DETAIL, DETAIL), /two files named/);
  });

  it('refuses more files than a bill has', async () => {
    const many = Array.from({ length: 17 }, (_, index) => ({ name: `${index}.csv`, text: 'x' }));
    await refuses(zipOf(...many), /17 files/);
  });

  it('refuses encrypted files and unknown packings', async () => {
    await refuses(
      withField(zipOf(DETAIL), 6, (flags) => flags | 1),
      /encrypted/,
    );
    await refuses(
      withField(zipOf(DETAIL), 8, () => 12),
      /method 12/,
    );
  });

  it('refuses ZIP64', async () => {
    const locator = Buffer.alloc(20);
    locator.write('PK\x06\x07', 'latin1');
    const archive = zipOf(DETAIL);
    const end = archive.length - 22;
    await refuses(Buffer.concat([archive.subarray(0, end), locator, archive.subarray(end)]), /ZIP64/);
  });

  it('refuses a bomb, by what it promises and by what it does', async () => {
    const zeros = zip([{ name: Buffer.from('a.csv'), content: Buffer.alloc(8 * 1024 * 1024) }], Date.now());
    await refuses(zeros, /too large/);
    const modest = Buffer.from(zeros);
    const central = modest.indexOf('PK\x01\x02', 0, 'latin1');
    modest.writeUInt32LE(1000, 22);
    modest.writeUInt32LE(1000, central + 24);
    await refuses(modest, /damaged/);
  });

  it('refuses a file whose content is not the one that was packed', async () => {
    const archive = zipOf(DETAIL);
    const central = archive.indexOf('PK\x01\x02', 0, 'latin1');
    archive.writeUInt32LE(archive.readUInt32LE(central + 16) ^ 1, central + 16);
    await refuses(archive, /damaged/);
  });

  it('refuses content that does not unpack', async () => {
    const archive = zipOf(DETAIL);
    archive.fill(0xff, LOCAL_HEADER + archive.readUInt16LE(26), archive.indexOf('PK\x01\x02', 0, 'latin1'));
    await refuses(archive, /damaged/);
  });
});
