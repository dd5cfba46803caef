import { readFileSync } from 'node:fs';
import { ProductError, SetupError } from '../alipay/errors.ts';
import { parsePrivateKey } from '../alipay/keys.ts';
import { bandOf, certificateCredentials, keyCredentials, parseAppId, parseGateway } from '../alipay/profile.ts';
import type { Credentials } from '../alipay/profile.ts';
import { say, type Locale } from '../text/index.ts';
import type { Connection } from './connection.ts';
import { unreadable } from './file-words.ts';
import type { CredentialFiles, Target } from './mcp-options.ts';

/**
 * Any gateway but a sandbox of ours, loopback included: at level *write*, since nobody can approve anything here.
 *
 * @param now ms, for the dates of certificates.
 * @throws InputError or SetupError that names the option whose value is wrong, and how; never with key text in it.
 */
export function otherGateway(target: Target & { kind: 'gateway' }, locale: Locale, now: number): Connection {
  const { gateway, files } = target;
  const { host } = parseGateway(gateway);
  const appId = parseAppId(target.appId);
  return {
    profile: {
      id: 'command-line',
      label: `${appId} @ ${host}`,
      gateway,
      appId,
      mode: files.mode,
      level: 'write',
      band: bandOf(gateway, undefined),
    },
    credentials: readCredentials(files, locale, now),
    ledgerName: 'ledger.sqlite',
    close: () => Promise.resolve(),
  };
}

function readCredentials(files: CredentialFiles, locale: Locale, now: number): Credentials {
  const privateKeyText = read('--private-key-file', files.privateKey);
  const privateKey = about('--private-key-file', locale, () => parsePrivateKey(privateKeyText));
  if (files.mode === 'key') {
    const publicKey = read('--alipay-public-key-file', files.alipayPublicKey);
    return about('--alipay-public-key-file', locale, () => keyCredentials(privateKey, publicKey));
  }
  const pems = {
    appCert: read('--app-cert-file', files.appCert),
    alipayCert: read('--alipay-cert-file', files.alipayCert),
    rootCert: read('--root-cert-file', files.rootCert),
  };
  return about('--app-cert-file, --alipay-cert-file, --root-cert-file', locale, () =>
    certificateCredentials(privateKey, pems, now),
  );
}

function read(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new SetupError(unreadable(option, path, error));
  }
}

/** Says of which option a sentence speaks. */
function about<T>(option: string, locale: Locale, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ProductError)) throw error;
    throw new SetupError(say('mcp.file.about', { option, words: error.say(locale) }), error.nextStep);
  }
}
