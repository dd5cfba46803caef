import assert from 'node:assert/strict';
import { describeTool } from '../../../src/mcp/describe.ts';
import { catalog } from '../../../src/tools/catalog.ts';

describe('what clients are told about a tool', () => {
  it('is the same JSON every time', () => {
    for (const tool of catalog) {
      assert.equal(JSON.stringify(describeTool(tool, 'en')), JSON.stringify(describeTool(tool, 'en')), tool.name);
    }
  });

  it('are schemas of objects without a dialect of their own; inputs take no unknown field', () => {
    for (const tool of catalog) {
      const { inputSchema, outputSchema } = describeTool(tool);
      for (const schema of [inputSchema, outputSchema]) {
        assert.equal(schema.type, 'object', tool.name);
        assert.ok(!('$schema' in schema), tool.name);
      }
      assert.equal(inputSchema['additionalProperties'], false, tool.name);
      assert.deepEqual(outputSchema.required, ['status', 'message'], tool.name);
    }
  });

  it('differs between languages in words alone', () => {
    for (const tool of catalog) {
      const [english, chinese] = [describeTool(tool, 'en'), describeTool(tool, 'zh')];
      assert.match(chinese.description, /\p{Script=Han}/u, tool.name);
      assert.doesNotMatch(english.description, /\p{Script=Han}/u, tool.name);
      assert.equal(english.name, chinese.name);
      assert.deepEqual(
        Object.keys(english.inputSchema.properties ?? {}),
        Object.keys(chinese.inputSchema.properties ?? {}),
      );
      assert.equal(english.annotations.title, english.title);
    }
  });
});
