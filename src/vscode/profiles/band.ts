import { RefusedError } from '../../alipay/errors.ts';
import type { Band, Level } from '../../alipay/profile.ts';
import { say, t, type Locale } from '../../text/index.ts';

/** A band in the words the person reads everywhere. */
export function bandName(locale: Locale, band: Band): string {
  switch (band) {
    case 'local-sandbox':
      return t(locale, 'band.local');
    case 'alipay-sandbox':
      return t(locale, 'band.sandbox');
    case 'production':
      return t(locale, 'band.production');
  }
}

export function levelName(locale: Locale, level: Level): string {
  switch (level) {
    case 'read-only':
      return t(locale, 'level.name.read');
    case 'write':
      return t(locale, 'level.name.write');
    case 'money-out':
      return t(locale, 'level.name.money');
  }
}

/**
 * In a browser, whoever serves the page could press its buttons: real money has no business there.
 *
 * @throws RefusedError
 */
export function refuseProductionInBrowser(band: Band, isWeb: boolean): void {
  if (isWeb && band === 'production') throw new RefusedError(say('profiles.web'), say('profiles.web.next'));
}
