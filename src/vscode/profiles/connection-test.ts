import type { Outcome } from '../../alipay/outcome.ts';
import type { Credentials } from '../../alipay/profile.ts';
import { render, t, type Locale } from '../../text/index.ts';
import type { Desk } from './desk.ts';
import { profileOf, type StoredProfile } from './stored-profile.ts';

export interface Verdict {
  readonly works: boolean;
  readonly words: string;
}

/** Asks the gateway about a trade that cannot exist: the right answer is that it does not, signed by Alipay. */
export async function testConnection(desk: Desk, profile: StoredProfile, credentials: Credentials): Promise<Verdict> {
  const { locale } = desk.ui;
  return desk.ui.busy(t(locale, 'test.running', { host: new URL(profile.gateway).host }), async (signal) =>
    explain(locale, await desk.probe(profileOf(profile), credentials, signal)),
  );
}

function explain(locale: Locale, outcome: Outcome): Verdict {
  switch (outcome.status) {
    case 'succeeded':
      return { works: true, words: t(locale, 'test.works') };
    case 'rejected': {
      const { subCode: code, verified, next } = outcome;
      if (verified && code === 'ACQ.TRADE_NOT_EXIST') return { works: true, words: t(locale, 'test.works') };
      const said = t(locale, verified ? 'test.rejected' : 'test.unsigned', {
        code,
        words: render(locale, outcome.meaning),
      });
      return { works: false, words: together(locale, said, next ? render(locale, next) : '') };
    }
    case 'unknown':
      return { works: false, words: together(locale, t(locale, 'test.unknown'), render(locale, outcome.meaning)) };
  }
}

function together(locale: Locale, ...sentences: string[]): string {
  return sentences.filter(Boolean).join(locale === 'en' ? ' ' : '');
}
