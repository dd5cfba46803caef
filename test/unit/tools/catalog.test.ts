import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { render, type Locale } from '../../../src/text/index.ts';
import { catalog, findTool } from '../../../src/tools/catalog.ts';
import { annotationsOf, type Tool } from '../../../src/tools/define.ts';
import { fieldFacts, publishedSchema } from '../../../src/tools/schema.ts';

const NAMES = [
  'cancel_trade',
  'close_trade',
  'create_trade',
  'get_oauth_token',
  'query_bill_download_url',
  'query_trade',
  'query_transfer',
  'query_user_info',
  'refund_trade',
  'transfer_fund',
];
const GUARDED = ['cancel_trade', 'refund_trade', 'transfer_fund'];
const LOCALES: readonly Locale[] = ['en', 'zh'];

function words(locale: Locale, key: Tool['title']): string {
  return render(locale, { key, args: {} });
}

describe('the catalogue of tools', () => {
  it('holds exactly the ten tools, in the order of their names', () => {
    assert.deepEqual(
      catalog.map((tool) => tool.name),
      NAMES,
    );
    for (const name of NAMES) assert.equal(findTool(name)?.name, name);
    assert.equal(findTool('refund'), undefined);
  });

  it('states the danger of each by its name: guarded, written, or read', () => {
    for (const { name, kind } of catalog) {
      const expected = GUARDED.includes(name) ? 'money-out' : name.startsWith('query_') ? 'read' : 'write';
      assert.equal(kind, expected, name);
    }
  });

  it('derives every annotation from the kind', () => {
    assert.deepEqual(annotationsOf('read'), { readOnlyHint: true, destructiveHint: false, openWorldHint: false });
    assert.deepEqual(annotationsOf('write'), { readOnlyHint: false, destructiveHint: false, openWorldHint: false });
    assert.deepEqual(annotationsOf('money-out'), { readOnlyHint: false, destructiveHint: true, openWorldHint: false });
  });

  for (const tool of catalog) {
    describe(tool.name, () => {
      const source = readFileSync(new URL(`../../../src/tools/${tool.name}.ts`, import.meta.url), 'utf8');

      it('has every part, in a file of its own', () => {
        const common = ['name', 'title', 'description', 'kind', 'input', 'output'];
        const own = tool.kind === 'money-out' ? ['propose', 'effect', 'report', 'done'] : ['handle'];
        assert.deepEqual(Object.keys(tool).toSorted(), [...common, ...own].toSorted());
        assert.ok(source.split('\n').length <= 170, 'reads like a page of documentation');
      });

      if (tool.kind === 'money-out') {
        it('G4: has no client and no way to one', () => {
          assert.ok(!('handle' in tool));
          assert.doesNotMatch(source, /\bclient\b|\bfetch\b|ToolContext|\.send\(|\.prepare\(/);
        });
      }

      it('says what it is in both languages: two sentences and the units', () => {
        for (const locale of LOCALES) {
          const title = words(locale, tool.title);
          assert.ok(title.length <= 40 && !/[.。]$/.test(title), title);
          const description = words(locale, tool.description);
          const sentences = description.split(locale === 'en' ? /(?<=\.)\s+(?=[A-Z])/ : /(?<=。)/);
          const units = sentences.filter((sentence) => /^(Amounts|Times|金额|时间)/.test(sentence));
          assert.ok(sentences.length - units.length <= 2, `${description}`);
          assert.ok(units.length <= 1 && (units.length === 0 || sentences.at(-1) === units[0]));
          assert.equal(/\p{Script=Han}/u.test(description), locale === 'zh');
        }
      });

      it('takes a flat, strict object whose fields are all described in both languages', () => {
        for (const locale of LOCALES) {
          const schema = publishedSchema(tool.input, 'input', locale);
          assert.equal(schema['type'], 'object');
          assert.equal(schema['additionalProperties'], false);
          const properties = schema['properties'] as Record<string, Record<string, unknown>>;
          for (const [field, property] of Object.entries(properties)) {
            assert.match(field, /^[a-z]+(_[a-z]+)*$/);
            assert.ok(['string', 'integer', 'boolean'].includes(String(property['type'])), `${field} is flat`);
            const description = String(property['description']);
            assert.ok(description.length > 5, `${field} has a description`);
            assert.equal(/\p{Script=Han}/u.test(description), locale === 'zh', `${field}: ${description}`);
            assert.ok(fieldFacts(tool.input, field), `${field} has facts`);
          }
        }
      });

      it('publishes amounts as strings, with a pattern and an example', () => {
        const { properties } = publishedSchema(tool.input, 'input', 'en') as { properties: Record<string, object> };
        const amounts = Object.entries(properties).filter(([field]) => /amount|flag_above/.test(field));
        for (const [field, property] of amounts) {
          const { type, pattern, examples } = property as { type: string; pattern: string; examples: string[] };
          assert.equal(type, 'string', field);
          assert.match(examples[0] ?? '', new RegExp(pattern));
          for (const wrong of ['-1', '1,000', '1.234', '01', '¥1', '']) assert.doesNotMatch(wrong, new RegExp(pattern));
        }
      });

      it('publishes a result that always has a status and a message', () => {
        const schema = publishedSchema(tool.output, 'output', 'en') as { required: string[]; type: string };
        assert.equal(schema.type, 'object');
        assert.deepEqual(schema.required, ['status', 'message']);
      });

      it('publishes the same schemas to whoever converts them without a language', () => {
        assert.deepEqual(z.toJSONSchema(tool.input, { io: 'input' }), publishedSchema(tool.input, 'input', 'en'));
        assert.deepEqual(z.toJSONSchema(tool.output, { io: 'output' }), publishedSchema(tool.output, 'output', 'en'));
      });
    });
  }
});
