import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import {
  beijingDate,
  DAY_MS,
  formatBeijing,
  parseBeijing,
  startOfBeijingDay,
} from '../../../src/alipay/beijing-time.ts';
import { refusal } from '../../support/sentences.ts';

/** Whole seconds from 1992, after China's last summer time, to 9999. */
const second = fc
  .integer({ min: Date.UTC(1992, 0, 1) / 1000, max: Date.UTC(9999, 11, 30) / 1000 })
  .map((seconds) => seconds * 1000);

/** What a fresh process whose own zone is `zone` makes of the same moments. */
function inZone(zone: string): unknown {
  const script = `
    import { formatBeijing, parseBeijing, startOfBeijingDay } from ${JSON.stringify(
      new URL('../../../src/alipay/beijing-time.ts', import.meta.url).href,
    )};
    console.log(JSON.stringify([
      new Date(0).getTimezoneOffset() === -480,
      formatBeijing(Date.UTC(2024, 3, 10, 16)),
      formatBeijing(Date.UTC(2024, 2, 10, 7, 30)),
      parseBeijing('2024-11-03 01:30:00'),
      startOfBeijingDay('2024-03-10'),
    ]));`;
  const env = { ...process.env, TZ: zone };
  const node = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script];
  return JSON.parse(execFileSync(process.execPath, node, { env, encoding: 'utf8' }));
}

describe('Beijing time', () => {
  it('is that of Beijing wherever the machine stands', () => {
    const expected = [
      '2024-04-11 00:00:00',
      '2024-03-10 15:30:00',
      Date.UTC(2024, 10, 2, 17, 30),
      Date.UTC(2024, 2, 9, 16),
    ];
    assert.deepEqual(inZone('America/New_York'), [false, ...expected]);
    assert.deepEqual(inZone('Asia/Shanghai'), [true, ...expected]);
  });

  it('agrees with the time-zone database', () => {
    const database = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Shanghai',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    fc.assert(fc.property(second, (ms) => assert.equal(formatBeijing(ms), database.format(ms))));
  });

  it('comes back as it was printed', () => {
    fc.assert(fc.property(second, (ms) => assert.equal(parseBeijing(formatBeijing(ms)), ms)));
  });

  it('drops what is less than a second', () => {
    assert.equal(formatBeijing(Date.UTC(2024, 3, 11, 1, 30, 0, 999)), '2024-04-11 09:30:00');
  });

  it('has days that begin at 00:00:00 and hold their moments', () => {
    fc.assert(
      fc.property(second, (ms) => {
        const start = startOfBeijingDay(beijingDate(ms));
        assert.equal(formatBeijing(start), `${beijingDate(ms)} 00:00:00`);
        assert.ok(start <= ms && ms < start + DAY_MS);
      }),
    );
  });

  it('refuses moments that do not exist or are written otherwise', () => {
    const bad = [
      '2024-02-30 12:00:00',
      '2023-02-29 00:00:00',
      '2024-04-31 00:00:00',
      '2024-04-11 24:00:00',
      '2024-04-11 23:60:00',
      '2024-04-11 23:59:60',
      '2024-13-01 00:00:00',
      '2024-00-10 00:00:00',
      '2024-04-00 00:00:00',
      '2024-04-11T09:30:00',
      '2024-04-11 9:30:00',
      '2024-4-11 09:30:00',
      '2024-04-11 09:30',
      '2024-04-11 09:30:00Z',
      ' 2024-04-11 09:30:00',
      '2024-04-11 09:30:00\n',
      '２０２４-04-11 09:30:00',
      '2024-04-11',
      '',
    ];
    for (const value of bad) {
      assert.deepEqual(
        refusal(() => parseBeijing(value)),
        { key: 'time.not_a_time', args: { value } },
      );
    }
  });

  it('refuses days that do not exist or are written otherwise', () => {
    const bad = ['2024-02-30', '2023-02-29', '2024-04-31', '2024-13-01', '2024-00-10', '2024-4-11', '20240411', ''];
    for (const value of [...bad, '2024-04-11 00:00:00', '2024-04', 'yesterday', '2024-04-11\n']) {
      assert.deepEqual(
        refusal(() => startOfBeijingDay(value)),
        { key: 'time.not_a_date', args: { value } },
      );
    }
  });

  it('keeps a long wrong text out of the sentence', () => {
    assert.equal(refusal(() => parseBeijing('x'.repeat(500))).args['value'], 'x'.repeat(32));
    assert.equal(refusal(() => startOfBeijingDay('x'.repeat(500))).args['value'], 'x'.repeat(32));
  });
});
