import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inCapitals } from '../../../src/alipay/capitals.ts';

/** The bank's own examples (支付结算办法, appendix 1) and the edges of each place. */
const EXAMPLES: readonly (readonly [string, string])[] = [
  ['15.50', '壹拾伍元伍角整'],
  ['299.00', '贰佰玖拾玖元整'],
  ['1409.50', '壹仟肆佰零玖元伍角整'],
  ['6007.14', '陆仟零柒元壹角肆分'],
  ['1680.32', '壹仟陆佰捌拾元零叁角贰分'],
  ['107000.53', '壹拾万柒仟元零伍角叁分'],
  ['16409.02', '壹万陆仟肆佰零玖元零贰分'],
  ['325.04', '叁佰贰拾伍元零肆分'],
  ['0.00', '零元整'],
  ['0.01', '壹分'],
  ['0.10', '壹角整'],
  ['0.55', '伍角伍分'],
  ['1.00', '壹元整'],
  ['10.00', '壹拾元整'],
  ['10.05', '壹拾元零伍分'],
  ['100000.00', '壹拾万元整'],
  ['100001.00', '壹拾万零壹元整'],
  ['10000500.00', '壹仟万零伍佰元整'],
  ['20300040.00', '贰仟零叁拾万零肆拾元整'],
  ['99999999.99', '玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分'],
  ['100000000.00', '壹亿元整'],
];

const amounts = fc.integer({ min: 0, max: 10_000_000_000 });

describe('an amount in capitals', () => {
  for (const [yuan, capitals] of EXAMPLES) {
    it(`${yuan} is ${capitals}`, () => assert.equal(inCapitals(Number(yuan.replace('.', ''))), `人民币${capitals}`));
  }

  it('reads back as the same amount', () => {
    fc.assert(fc.property(amounts, (fen) => read(inCapitals(fen)) === fen));
  });

  it('never has two 零 in a row, nor one before a unit, and ends in 整 or 分', () => {
    fc.assert(
      fc.property(amounts, (fen) => {
        const text = inCapitals(fen);
        assert.doesNotMatch(text, /零零|零[拾佰仟万亿角分整]|(?<!^人民币)零元/);
        assert.match(text, /[整分]$/);
      }),
    );
  });

  it('refuses what no cheque can say', () => {
    for (const fen of [-1, 0.5, Number.NaN, 10_000_000_001]) assert.throws(() => inCapitals(fen), RangeError);
  });
});

/** The fen a person reads out of capitals. */
function read(text: string): number {
  let [total, section, digit] = [0, 0, 0];
  for (const character of text.replace('人民币', '')) {
    const value = '零壹贰叁肆伍陆柒捌玖'.indexOf(character);
    const place = { 拾: 10, 佰: 100, 仟: 1000 }[character];
    if (value >= 0) digit = value;
    else if (place !== undefined) [section, digit] = [section + digit * place, 0];
    else if (character === '万') [total, section, digit] = [total + (section + digit) * 1_000_000, 0, 0];
    else if (character === '亿') [total, section, digit] = [total + (section + digit) * 10_000_000_000, 0, 0];
    else if (character === '元') [total, section, digit] = [total + (section + digit) * 100, 0, 0];
    else if (character === '角') [total, digit] = [total + digit * 10, 0];
    else if (character === '分') [total, digit] = [total + digit, 0];
  }
  return total;
}
