import { Refusal } from '../refusals.ts';

const SCHEME = 'ALIPAY-SHA256withRSA';

/** What an `Authorization` header of protocol v3 says. */
export interface Authorization {
  /** The part the signature covers, as it was sent. */
  readonly text: string;
  readonly fields: ReadonlyMap<string, string>;
  readonly sign: string;
}

/**
 * Reads `ALIPAY-SHA256withRSA app_id=…,[app_cert_sn=…,]nonce=…,timestamp=…,sign=…` (`alipay-openapi.md` §1.9).
 *
 * @throws Refusal; where there is no header at all the platform misses the timestamp.
 */
export function readAuthorization(header: string | undefined): Authorization {
  if (!header) throw new Refusal('isv.missing-timestamp');
  const [scheme, rest = ''] = splitOnce(header, ' ');
  if (scheme !== SCHEME) throw new Refusal('isv.invalid-signature-type');
  const text = rest.trim();
  const mark = text.lastIndexOf(',sign=');
  const signed = mark < 0 ? text : text.slice(0, mark);
  const fields = new Map<string, string>();
  for (const part of signed.split(',')) {
    const [name, value = ''] = splitOnce(part, '=');
    if (fields.has(name)) throw new Refusal('isv.invalid-parameter', `：${name.slice(0, 64)}重复`);
    fields.set(name, value);
  }
  return { text: signed, fields, sign: mark < 0 ? '' : text.slice(mark + ',sign='.length) };
}

function splitOnce(text: string, mark: string): [string, string?] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
