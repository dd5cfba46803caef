import iconv from 'iconv-lite';
import yauzl from 'yauzl';

/** One file of a bill's ZIP. */
export interface BillFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly lines: readonly string[];
}

/** Downloads a bill: the files in it, in the order they stand in the ZIP. */
export async function billFiles(url: string): Promise<BillFile[]> {
  const archive = Buffer.from(await (await fetch(url)).arrayBuffer());
  const file = await yauzl.fromBufferPromise(archive, { decodeStrings: false });
  const members: BillFile[] = [];
  for await (const entry of file.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await file.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const name = iconv.decode(entry.fileNameRaw, 'gbk');
    members.push({ name, bytes, lines: iconv.decode(bytes, 'gbk').trimEnd().split('\r\n') });
  }
  return members;
}

/** The rows of a bill's file under its header, without the tabs that stand in its cells. */
export function billRows({ lines }: BillFile): string[][] {
  const rows = lines.filter((line) => !line.startsWith('#')).slice(1);
  return rows.map((line) => line.split(',').map((cell) => cell.trim()));
}
