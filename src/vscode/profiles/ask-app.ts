import { InputError } from '../../alipay/errors.ts';
import { accountOf, bandOf, parseAppId, parseGateway } from '../../alipay/profile.ts';
import { say, t } from '../../text/index.ts';
import { showHidden } from '../../text/visible.ts';
import { refuseProductionInBrowser } from './band.ts';
import { problemOf, sayRefusal, type Desk } from './desk.ts';
import { LONGEST_LABEL, type StoredProfile } from './stored-profile.ts';

const PRODUCTION = 'https://openapi.alipay.com/gateway.do';
const ALIPAY_SANDBOX = 'https://openapi-sandbox.dl.alipaydev.com/gateway.do';

/** Asks for the gateway; in a browser it stays at the question until it is none of production. */
export async function askGateway({ ui, isWeb }: Desk, title: string): Promise<string | undefined> {
  const { locale } = ui;
  const problem = (gateway: string): string | undefined =>
    problemOf(locale, () => {
      parseGateway(gateway);
      refuseProductionInBrowser(bandOf(gateway, undefined), isWeb);
    });
  for (;;) {
    const picked = await ui.pick({
      title,
      placeholder: t(locale, 'add.gateway'),
      choices: [
        { label: t(locale, 'band.production'), description: PRODUCTION, value: PRODUCTION },
        { label: t(locale, 'band.sandbox'), description: ALIPAY_SANDBOX, value: ALIPAY_SANDBOX },
        { label: t(locale, 'add.gateway.other'), detail: t(locale, 'add.gateway.other.detail'), value: 'other' },
      ],
    });
    if (picked === undefined) return undefined;
    if (picked === 'other') {
      return ui.input({ title, prompt: t(locale, 'add.gateway.prompt'), value: 'https://', check: problem });
    }
    try {
      refuseProductionInBrowser(bandOf(picked, undefined), isWeb);
      return picked;
    } catch (error) {
      await sayRefusal(ui, error);
    }
  }
}

/** Asks for the app id; one that is there already under another label is the same account, and refused. */
export function askAppId(
  { ui }: Desk,
  title: string,
  gateway: string,
  profiles: readonly StoredProfile[],
): Promise<string | undefined> {
  const { locale } = ui;
  const check = (value: string): string | undefined =>
    problemOf(locale, () => {
      const account = accountOf({ gateway, appId: parseAppId(value) });
      const twin = profiles.find((one) => accountOf(one) === account);
      if (twin) throw new InputError(say('profiles.same_account', { label: twin.label }));
    });
  return ui.input({ title, prompt: t(locale, 'add.app_id'), placeholder: '2021000000000000', check });
}

/** Asks what the profile is to be called; the name stands in the status bar and in every approval. */
export async function askLabel(
  { ui }: Desk,
  title: string,
  profiles: readonly StoredProfile[],
): Promise<string | undefined> {
  const { locale } = ui;
  const check = (value: string): string | undefined => {
    const label = value.trim();
    if (label === '' || label.length > LONGEST_LABEL) return t(locale, 'add.label.length', { max: LONGEST_LABEL });
    if (showHidden(label) !== label) return t(locale, 'add.label.hidden');
    const isTaken = profiles.some((one) => one.label === label) || label === t(locale, 'band.local');
    return isTaken ? t(locale, 'add.label.taken', { label }) : undefined;
  };
  return (await ui.input({ title, prompt: t(locale, 'add.label'), check }))?.trim();
}
