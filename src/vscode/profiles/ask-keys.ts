import type { PrivateKey } from '../../alipay/keys.ts';
import { t, type TextKey } from '../../text/index.ts';
import { joinCredentials } from './credentials.ts';
import { problemOf, sayRefusal, type Desk } from './desk.ts';
import type { AlipaySide } from './stored-profile.ts';

/** A private key that was just read, and the text the vault will keep. */
export interface ReadKey {
  readonly key: PrivateKey;
  readonly text: string;
  readonly fromClipboard: boolean;
}

type Source = 'file' | 'clipboard' | 'typed';

/** Asks where a text is, reads it and hands it to `read`; whatever that refuses is said, and the question stays. */
async function askText<Result>(
  { ui }: Desk,
  question: { title: string; placeholder: string; prompt: string; secret: boolean },
  read: (text: string, source: Source) => Result,
): Promise<Result | undefined> {
  const { locale } = ui;
  const { title, placeholder, prompt, secret } = question;
  for (;;) {
    const source = await ui.pick<Source>({
      title,
      placeholder,
      choices: [
        { label: t(locale, 'add.from_file'), value: 'file' },
        { label: t(locale, 'add.from_clipboard'), value: 'clipboard' },
        { label: t(locale, secret ? 'add.typed_secret' : 'add.typed'), value: 'typed' },
      ],
    });
    if (source === undefined) return undefined;
    try {
      const text = await readFrom(source);
      if (text !== undefined) return read(text, source);
    } catch (error) {
      await sayRefusal(ui, error);
    }
  }

  function readFrom(source: Source): Promise<string | undefined> {
    switch (source) {
      case 'file':
        return ui.openFile(title);
      case 'clipboard':
        return ui.readClipboard();
      case 'typed':
        return ui.input({ title, prompt, secret, check: (value) => problemOf(locale, () => read(value, source)) });
    }
  }
}

/** Asks for the app's private key, by file, clipboard or hidden typing. */
export function askPrivateKey(desk: Desk, title: string): Promise<ReadKey | undefined> {
  const { ui, parseKey } = desk;
  const question = {
    title,
    placeholder: t(ui.locale, 'add.key'),
    prompt: t(ui.locale, 'add.key.prompt'),
    secret: true,
  };
  return askText(desk, question, (text, source) => ({
    key: parseKey(text),
    text,
    fromClipboard: source === 'clipboard',
  }));
}

/** Asks for Alipay's half and checks it with the key: pair, chain and dates. */
export async function askAlipaySide(desk: Desk, title: string, key: PrivateKey): Promise<AlipaySide | undefined> {
  const { ui, clock } = desk;
  const { locale } = ui;
  for (;;) {
    const mode = await ui.pick<AlipaySide['mode']>({
      title,
      placeholder: t(locale, 'add.mode'),
      choices: [
        {
          label: t(locale, 'add.mode.certificate'),
          detail: t(locale, 'add.mode.certificate.detail'),
          value: 'certificate',
        },
        { label: t(locale, 'add.mode.key'), detail: t(locale, 'add.mode.key.detail'), value: 'key' },
      ],
    });
    if (mode === undefined) return undefined;
    try {
      const side = mode === 'key' ? await askPublicKey(desk, title, key) : await askCertificates(desk, title);
      if (!side) continue;
      joinCredentials(key, side, clock.now());
      return side;
    } catch (error) {
      await sayRefusal(ui, error);
    }
  }
}

function askPublicKey(desk: Desk, title: string, key: PrivateKey): Promise<AlipaySide | undefined> {
  const { ui, clock } = desk;
  const question = {
    title,
    placeholder: t(ui.locale, 'add.public_key'),
    prompt: t(ui.locale, 'add.public_key.prompt'),
    secret: false,
  };
  return askText(desk, question, (publicKey): AlipaySide => {
    const side = { mode: 'key', publicKey } as const;
    joinCredentials(key, side, clock.now());
    return side;
  });
}

const FILES = {
  appCert: 'add.app_cert',
  alipayCert: 'add.alipay_cert',
  rootCert: 'add.root_cert',
} as const satisfies Record<string, TextKey>;

async function askCertificates({ ui }: Desk, title: string): Promise<AlipaySide | undefined> {
  const texts: string[] = [];
  for (const name of Object.values(FILES)) {
    const text = await ui.openFile(`${title} – ${t(ui.locale, name)}`);
    if (text === undefined) return undefined;
    texts.push(text);
  }
  const [appCert = '', alipayCert = '', rootCert = ''] = texts;
  return { mode: 'certificate', appCert, alipayCert, rootCert };
}
