import { showHidden } from '../text/visible.ts';

/**
 * A piece of the frame (title, header, marker, total) without what differs from writer to writer: full-width punctuation
 * becomes ASCII, and padding commas, tabs and blanks at both ends go.
 */
export function plain(text: string): string {
  return text.normalize('NFKC').replace(/^[\s\ufeff]+|[\s,]+$/g, '');
}

/** What a message may show of a cell. */
export function shown(cell: string): string {
  return showHidden(cell.slice(0, 32));
}

/**
 * Splits a row that should have `width` cells. The platform quotes nothing, so a quote is a letter; only when that gives
 * another number of cells is the row read as a spreadsheet would have saved it again, with quoted cells.
 */
export function splitRow(row: string, width: number): string[] {
  const cells = row.split(',');
  return cells.length !== width && row.includes('"') ? splitQuoted(row) : cells;
}

/** Splits a row in which a cell may stand in double quotes, with a doubled quote for one inside. */
export function splitQuoted(row: string): string[] {
  const cells: string[] = [];
  let rest = row;
  for (;;) {
    const match = /^\s*"((?:[^"]|"")*)"\s*(?:,|$)/.exec(rest) ?? /^([^,]*)(?:,|$)/.exec(rest);
    const [whole = '', cell = ''] = match ?? [];
    cells.push(whole.trimStart().startsWith('"') ? cell.replaceAll('""', '"') : cell);
    if (!whole.endsWith(',')) return cells;
    rest = rest.slice(whole.length);
  }
}
