/** One value of a DER encoding: its tag, and the bytes from `start` to `end` of its content. */
export interface DerValue {
  readonly tag: number;
  readonly content: Buffer;
  /** Header and content together. */
  readonly whole: Buffer;
}

/** What a header announces, also where the bytes behind it are missing. */
export interface DerHeader {
  readonly tag: number;
  readonly headerLength: number;
  readonly contentLength: number;
}

/** Reads the header at the start of `bytes`, or undefined where there is none. */
export function readDerHeader(bytes: Buffer): DerHeader | undefined {
  const [tag, first] = bytes;
  if (tag === undefined || first === undefined) return undefined;
  if (first < 0x80) return { tag, headerLength: 2, contentLength: first };
  const lengthBytes = first & 0x7f;
  if (lengthBytes < 1 || lengthBytes > 4 || bytes.length < 2 + lengthBytes) return undefined;
  return { tag, headerLength: 2 + lengthBytes, contentLength: bytes.readUIntBE(2, lengthBytes) };
}

/** Splits the content of a SEQUENCE or SET into its values. @throws RangeError when it is cut off or malformed. */
export function readDer(bytes: Buffer): DerValue[] {
  const values: DerValue[] = [];
  let rest = bytes;
  while (rest.length > 0) {
    const header = readDerHeader(rest);
    const end = header ? header.headerLength + header.contentLength : Number.POSITIVE_INFINITY;
    if (!header || end > rest.length) throw new RangeError('malformed DER');
    values.push({ tag: header.tag, content: rest.subarray(header.headerLength, end), whole: rest.subarray(0, end) });
    rest = rest.subarray(end);
  }
  return values;
}

/** The dotted form of an OBJECT IDENTIFIER's content. */
export function readOid(content: Buffer): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [first = 0, ...others] = arcs;
  const root = Math.min(Math.floor(first / 40), 2);
  return [root, first - root * 40, ...others].join('.');
}
