import type { Fen } from './money.ts';

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];
const SECTIONS = ['', '万', '亿'];
/** 100,000,000.00 CNY, the most Alipay moves in one operation. */
const MOST: Fen = 10_000_000_000;

/**
 * The amount in the capital numerals of Chinese cheques: 1550 fen → `人民币壹拾伍元伍角整`. Rules of the People's Bank of
 * China (支付结算办法, appendix 1); of the forms it leaves open, the one it writes first.
 *
 * @throws RangeError unless `fen` is a whole number from 0 to 100,000,000.00 CNY.
 */
export function inCapitals(fen: Fen): string {
  if (!Number.isSafeInteger(fen) || fen < 0 || fen > MOST) throw new RangeError(`no amount for a cheque: ${fen}`);
  const yuan = Math.floor(fen / 100);
  const [jiao, rest] = [Math.floor(fen / 10) % 10, fen % 10];
  const whole = yuan > 0 ? `${integer(yuan)}元` : '';
  return `人民币${fen === 0 ? '零元整' : whole + decimals(yuan, jiao, rest)}`;
}

function decimals(yuan: number, jiao: number, fen: number): string {
  if (jiao === 0 && fen === 0) return '整';
  const gap = yuan > 0 && (yuan % 10 === 0 || jiao === 0) ? '零' : '';
  const tenths = jiao > 0 ? `${digit(jiao)}角` : '';
  return gap + tenths + (fen > 0 ? `${digit(fen)}分` : '整');
}

function integer(yuan: number): string {
  let text = '';
  for (let power = SECTIONS.length - 1; power >= 0; power -= 1) {
    const section = Math.floor(yuan / 10_000 ** power) % 10_000;
    if (section === 0) continue;
    const gap = text !== '' && section < 1_000 ? '零' : '';
    text += gap + thousands(section) + SECTIONS[power];
  }
  return text;
}

/** 1 to 9999; zeros in between are one 零, zeros at the end are none. */
function thousands(section: number): string {
  let text = '';
  let gap = false;
  for (let place = PLACES.length - 1; place >= 0; place -= 1) {
    const value = Math.floor(section / 10 ** place) % 10;
    if (value === 0) {
      gap = text !== '';
      continue;
    }
    text += (gap ? '零' : '') + digit(value) + PLACES[place];
    gap = false;
  }
  return text;
}

function digit(value: number): string {
  return DIGITS.charAt(value);
}
