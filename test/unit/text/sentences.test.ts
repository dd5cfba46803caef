import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readSentence, render, say, t } from '../../../src/text/index.ts';
import { fill, type Bilingual } from '../../../src/text/sentence.ts';

type Room = Readonly<Record<string, Bilingual>>;

/** Every room's sentences, as `text/index.ts` puts them together: a new room is tested by being there. */
const index = new URL('../../../src/text/index.ts', import.meta.url);
const imports = [...readFileSync(index, 'utf8').matchAll(/^import \{ (\w+Text) \} from '(.+)';$/gm)];
const rooms = await Promise.all(
  imports.map(async ([, name = '', path = '']) => {
    const module = (await import(new URL(path, index).href)) as Readonly<Record<string, Room>>;
    return module[name] ?? {};
  }),
);
const all = rooms.flatMap((room) => Object.entries(room));

/** Words of Alipay's own that an English reader meets in Chinese, in bills and in the console, and so needs in Chinese. */
const TERMS = [
  '#账号：',
  '起始日期',
  '终止日期',
  '2024年04月11日',
  '列表结束',
  '业务明细',
  '账务明细',
  '商家实收',
  '服务费',
  '实收净额',
  '交易',
  '退款',
  '接口加签方式',
  '证书',
  '岗位类型',
];
const withoutTerms = (text: string): string => TERMS.reduce((rest, term) => rest.replaceAll(term, ''), text);

/** Words that are the same in both languages: sentences made of nothing else need no Chinese. */
const SAME_IN_BOTH = /^[\s\p{P}\p{S}\d]*(?:\{\w+\}[\s\p{P}\p{S}\d]*)*$/u;

function placeholders(template: string): string[] {
  return [...new Set([...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))].toSorted();
}

describe('the sentences', () => {
  it('have keys of their own: no room overwrites another’s', () => {
    const keys = all.map(([key]) => key);
    assert.deepEqual(
      keys.filter((key, at) => keys.indexOf(key) !== at),
      [],
    );
    assert.ok(rooms.length >= 8 && keys.length > 500, `${keys.length} sentences in ${rooms.length} rooms`);
  });

  it('exist in both languages', () => {
    for (const [key, { en, zh }] of all) {
      assert.ok(en.trim() !== '' && zh.trim() !== '', key);
    }
  });

  it('ask for the same values in both languages, and for nothing else in braces', () => {
    for (const [key, { en, zh }] of all) {
      assert.deepEqual(placeholders(zh), placeholders(en), key);
      for (const text of [en, zh]) assert.doesNotMatch(text.replace(/\{\w+\}/g, ''), /[{}]/, key);
    }
  });

  it('have no Chinese in the English ones, but for terms of Alipay’s', () => {
    for (const [key, { en }] of all) {
      assert.doesNotMatch(withoutTerms(en), /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u, `${key}: ${en}`);
    }
  });

  it('have Chinese in the Chinese ones', () => {
    for (const [key, { en, zh }] of all) {
      if (SAME_IN_BOTH.test(en)) continue;
      if (en === zh) assert.fail(`${key} is not translated: ${en}`);
      assert.match(zh, /\p{Script=Han}/u, `${key}: ${zh}`);
    }
  });
});

describe('saying a sentence', () => {
  it('puts values in, in either language, as they are', () => {
    assert.equal(t('en', 'money.zero', { field: '$& {field}' }), '$& {field} must be more than 0.');
    assert.equal(t('zh', 'money.zero', { field: 'refund_amount' }), 'refund_amount 必须大于 0。');
    const sentence = say('key.too_short', { bits: 1024 });
    assert.match(render('en', sentence), /1024 bits/);
    assert.match(render('zh', sentence), /1024 位/);
  });

  it('throws when a value is missing: that is a fault, not a sentence', () => {
    assert.throws(() => fill('{a} and {b}', { a: 1 }), /needs a value for \{b\}/);
    assert.throws(() => fill('{constructor}', Object.create(null) as Record<string, string>), /needs a value/);
  });
});

describe('a sentence that was kept as JSON', () => {
  it('is read as it was kept', () => {
    for (const sentence of [say('ledger.gone'), say('ledger.altered.operation', { id: 'op_1' })]) {
      assert.deepEqual(readSentence(JSON.stringify(sentence)), sentence);
    }
  });

  it('is none where it could not be said', () => {
    for (const json of [
      '',
      'x',
      'null',
      '5',
      '[]',
      '{}',
      '{"key":"nothing","args":{}}',
      '{"key":"__proto__","args":{}}',
    ]) {
      assert.equal(readSentence(json), undefined, json);
    }
    assert.equal(readSentence('{"key":"ledger.altered.operation","args":{}}'), undefined, 'without a value it needs');
  });
});
