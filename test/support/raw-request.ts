import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseCertificates, rootCertSn } from '../../src/alipay/certificates.ts';
import { formatBeijing } from '../../src/alipay/beijing-time.ts';
import type { SandboxProcess } from './sandbox-process.ts';

/** The parameters of a request; undefined ones are left out. */
export type RawParams = Record<string, string | undefined>;

/** An answer taken apart by the rule of the platform's documents, without our own reader. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly nodeName: string;
  readonly node: Readonly<Record<string, string>>;
  /** `none`, or whether the signature is good over the node's text as it stands. */
  readonly signed: 'none' | 'good' | 'bad';
}

/** A complete, right request for trade.query, in key mode or certificate mode. */
export function rightParams({ line }: SandboxProcess, mode: 'key' | 'certificate'): RawParams {
  const { appId, certApp } = line;
  const certificates =
    mode === 'key'
      ? {}
      : {
          app_cert_sn: parseCertificates(readFileSync(certApp.appCertFile, 'utf8'))[0]?.sn,
          alipay_root_cert_sn: rootCertSn(parseCertificates(readFileSync(certApp.rootCertFile, 'utf8'))),
        };
  return {
    app_id: mode === 'key' ? appId : certApp.appId,
    method: 'alipay.trade.query',
    charset: 'utf-8',
    sign_type: 'RSA2',
    timestamp: formatBeijing(Date.now()),
    version: '1.0',
    biz_content: '{"out_trade_no":"2024040112345"}',
    ...certificates,
  };
}

/** Signs whatever parameters it is given: sorted, joined raw, empty ones left out. */
export function signed(
  sandbox: SandboxProcess,
  mode: 'key' | 'certificate',
  params: RawParams,
): Record<string, string> {
  const file = mode === 'key' ? sandbox.line.appPrivateKeyFile : sandbox.line.certApp.appPrivateKeyFile;
  const given = Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const content = given
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&');
  const key = createPrivateKey(readFileSync(file, 'utf8'));
  return { ...Object.fromEntries(given), sign: sign('RSA-SHA256', Buffer.from(content), key).toString('base64') };
}

/** Posts a form to the gateway. */
export async function post(
  sandbox: SandboxProcess,
  form: URLSearchParams | Record<string, string>,
  query = '',
): Promise<RawAnswer> {
  const response = await fetch(sandbox.line.gateway + query, { method: 'POST', body: new URLSearchParams(form) });
  const text = await response.text();
  const [, nodeName = '', nodeText = '', rest = ''] =
    /^\{"(\w+)":(\{.*?\})((?:,"(?:alipay_cert_sn|sign)":"[^"]*")*)\}$/s.exec(text) ?? [];
  const [, signature] = /"sign":"([^"]*)"/.exec(rest) ?? [];
  const key = createPublicKey(readFileSync(sandbox.line.alipayPublicKeyFile, 'utf8'));
  const good =
    signature !== undefined && verify('RSA-SHA256', Buffer.from(nodeText), key, Buffer.from(signature, 'base64'));
  return {
    status: response.status,
    headers: response.headers,
    text,
    nodeName,
    node: nodeText === '' ? {} : (JSON.parse(nodeText) as Record<string, string>),
    signed: signature === undefined ? 'none' : good ? 'good' : 'bad',
  };
}
