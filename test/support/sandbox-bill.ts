import iconv from 'iconv-lite';
import yauzl from 'yauzl';

/** Downloads a bill: the lines of each file in it, in the order they stand in the ZIP. */
export async function readBill(url: string): Promise<string[][]> {
  const archive = Buffer.from(await (await fetch(url)).arrayBuffer());
  const file = await yauzl.fromBufferPromise(archive, { decodeStrings: false });
  const members: string[][] = [];
  for await (const entry of file.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await file.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    members.push(iconv.decode(Buffer.concat(chunks), 'gbk').trimEnd().split('\r\n'));
  }
  return members;
}
