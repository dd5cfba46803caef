import { crc32, deflateRawSync } from 'node:zlib';

import { formatBeijing } from '../alipay/beijing-time.ts';

/** A member of an archive; the name is bytes, since the platform writes GBK there. */
export interface ZipMember {
  readonly name: Buffer;
  readonly content: Buffer;
}

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const VERSION = 20;
const DEFLATED = 8;
/** Bit 11 would say that names are UTF-8. The platform leaves it clear, so readers must know that names are GBK. */
const FLAGS = 0;

/** A ZIP archive of deflated members. @param modifiedAt ms; written as Beijing wall time, which is all the format can hold. */
export function zip(members: readonly ZipMember[], modifiedAt: number): Buffer {
  const time = dosTime(modifiedAt);
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of members) {
    const packed = deflateRawSync(content);
    const shared = sharedFields(time, name, content, packed);
    const body = Buffer.concat([uint32(LOCAL_HEADER), shared, name, packed]);
    directory.push(centralHeader(shared, name, offset));
    bodies.push(body);
    offset += body.length;
  }
  const size = directory.reduce((sum, entry) => sum + entry.length, 0);
  return Buffer.concat([...bodies, ...directory, endOfDirectory(members.length, size, offset)]);
}

/** The 26 bytes that the local header and the central directory have in common. */
function sharedFields(time: number, name: Buffer, content: Buffer, packed: Buffer): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(VERSION, 0);
  fields.writeUInt16LE(FLAGS, 2);
  fields.writeUInt16LE(DEFLATED, 4);
  fields.writeUInt32LE(time, 6);
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(content.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

function centralHeader(shared: Buffer, name: Buffer, offset: number): Buffer {
  const madeBy = Buffer.from([VERSION, 0]);
  const commentDiskAndAttributes = Buffer.alloc(10);
  return Buffer.concat([uint32(CENTRAL_HEADER), madeBy, shared, commentDiskAndAttributes, uint32(offset), name]);
}

function endOfDirectory(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END_OF_DIRECTORY, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}

function dosTime(ms: number): number {
  const [year = 1980, month = 1, day = 1, hour = 0, minute = 0, second = 0] = formatBeijing(ms).split(/\D/).map(Number);
  const date = ((year - 1980) << 9) | (month << 5) | day;
  return ((date << 16) | (hour << 11) | (minute << 5) | (second >> 1)) >>> 0;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
