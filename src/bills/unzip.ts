import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';

import iconv from 'iconv-lite';
import yauzl, { type Entry, type ZipFile } from 'yauzl';

import { InputError } from '../alipay/errors.ts';
import { say } from '../text/index.ts';
import { showHidden } from '../text/visible.ts';

/** A file of an archive. The name is for messages only: nothing is ever written under it. */
export interface Member {
  readonly name: string;
  readonly content: Buffer;
}

const MOST_MEMBERS = 16;
const MOST_BYTES = 128 * 1024 * 1024;
/** A day of a bill packs to about a tenth; below 1 MiB a high ratio does no harm. */
const MOST_RATIO = 200;
const SMALL = 1024 * 1024;

const UTF8_NAME = 0x800;
const STORED = 0;
const DEFLATED = 8;
const ZIP64_EXTRA = 0x0001;
const ZIP64_LOCATOR = Buffer.from('PK\x06\x07', 'latin1');
const END_SEARCH = 65_535 + 22 + 20;

const inflate = promisify(inflateRaw);

/**
 * Unpacks a bill's archive in memory. Names are GBK unless flagged UTF-8. Refuses what no bill has and attacks are made of:
 * many or huge members, bombs, paths, duplicate names, encryption, ZIP64; and checks every CRC.
 *
 * @throws InputError
 */
export async function unzip(archive: Buffer): Promise<Member[]> {
  if (archive.subarray(0, 2).toString('latin1') !== 'PK') throw new InputError(say('bill.not_a_zip'));
  if (archive.subarray(-END_SEARCH).includes(ZIP64_LOCATOR)) throw new InputError(say('bill.zip64'));
  const zip = await open(archive);
  if (zip.entryCount > MOST_MEMBERS) {
    throw new InputError(say('bill.zip_many', { count: zip.entryCount, max: MOST_MEMBERS }));
  }
  const members: Member[] = [];
  const names = new Set<string>();
  let bytes = 0;
  for (const entry of await entries(zip)) {
    const name = memberName(entry);
    if (names.has(name)) throw new InputError(say('bill.zip_duplicate', { name }));
    names.add(name);
    bytes += entry.uncompressedSize;
    checkMember(entry, name, bytes);
    members.push({ name, content: await contentOf(zip, archive, entry, name) });
  }
  return members;
}

/** An archive yauzl can't make sense of is broken, whatever its reason. */
async function open(archive: Buffer): Promise<ZipFile> {
  try {
    return await yauzl.fromBufferPromise(archive, { decodeStrings: false });
  } catch {
    throw new InputError(say('bill.zip_broken'));
  }
}

async function entries(zip: ZipFile): Promise<Entry[]> {
  const found: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) found.push(entry);
  } catch {
    throw new InputError(say('bill.zip_broken'));
  }
  return found;
}

function memberName(entry: Entry): string {
  const utf8 = (entry.generalPurposeBitFlag & UTF8_NAME) !== 0;
  const name = utf8 ? entry.fileNameRaw.toString('utf8') : iconv.decode(entry.fileNameRaw, 'gb18030');
  const shown = showHidden(name.slice(0, 100));
  const parts = name.split('/');
  // oxlint-disable-next-line no-control-regex -- a name with control characters is a trick
  const tricky = /[\\:\u0000-\u001f]/.test(name) || name.startsWith('/') || parts.includes('..') || name === '';
  if (tricky) throw new InputError(say('bill.zip_path', { name: shown }));
  return shown;
}

function checkMember(entry: Entry, name: string, bytesSoFar: number): void {
  if (entry.isEncrypted()) throw new InputError(say('bill.zip_encrypted', { name }));
  if (entry.extraFields.some((field) => field.id === ZIP64_EXTRA)) throw new InputError(say('bill.zip64'));
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
    throw new InputError(say('bill.zip_method', { name, method: entry.compressionMethod }));
  }
  const bomb = entry.uncompressedSize > SMALL && entry.uncompressedSize > entry.compressedSize * MOST_RATIO;
  if (bytesSoFar > MOST_BYTES || bomb) {
    throw new InputError(say('bill.zip_large', { name, max: MOST_BYTES / SMALL }));
  }
}

async function contentOf(zip: ZipFile, archive: Buffer, entry: Entry, name: string): Promise<Buffer> {
  const content = await unpack(zip, archive, entry, name);
  if (content.length !== entry.uncompressedSize || crc32(content) !== entry.crc32) {
    throw new InputError(say('bill.zip_damaged', { name }));
  }
  return content;
}

async function unpack(zip: ZipFile, archive: Buffer, entry: Entry, name: string): Promise<Buffer> {
  try {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const packed = archive.subarray(fileDataStart, fileDataStart + entry.compressedSize);
    if (entry.compressionMethod === STORED) return packed;
    // One byte more than promised is enough to see that the promise was a lie.
    return await inflate(packed, { maxOutputLength: entry.uncompressedSize + 1 });
  } catch {
    throw new InputError(say('bill.zip_damaged', { name }));
  }
}
