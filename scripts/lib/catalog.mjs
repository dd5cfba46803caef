import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './node24.mjs';

const CATALOG = join(ROOT, 'src/tools/catalog.ts');
const DESCRIBE = join(ROOT, 'src/mcp/describe.ts');

/**
 * The tools as the MCP server publishes them, each with its `kind`, sorted by name; undefined while there is none.
 * @returns {Promise<{kind: string, published: {name: string, title: string, description: string}}[] | undefined>}
 */
export async function readCatalog() {
  if (!existsSync(CATALOG) || !existsSync(DESCRIBE)) return undefined;
  const { catalog } = await import(pathToFileURL(CATALOG).href);
  const { describeTool } = await import(pathToFileURL(DESCRIBE).href);
  return catalog
    .map((tool) => ({ kind: tool.kind, published: JSON.parse(JSON.stringify(describeTool(tool))) }))
    .sort((a, b) => (a.published.name < b.published.name ? -1 : 1));
}
