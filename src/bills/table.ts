import { parseBeijing } from '../alipay/beijing-time.ts';
import { InputError } from '../alipay/errors.ts';
import { parseBillAmount, type Fen } from '../alipay/money.ts';
import { say } from '../text/index.ts';
import { plain, shown, splitQuoted, splitRow } from './cells.ts';

/** The rows of one file of a bill, read by the titles of the columns: their order and additions do not matter. */
export class BillTable {
  readonly #columns: ReadonlyMap<string, number>;
  readonly #width: number;
  readonly #quoted: boolean;
  readonly #found = new Map<string, number | undefined>();

  /** @throws InputError for a title that stands in the header twice. */
  constructor(header: string, line: number) {
    const cells = splitQuoted(header);
    const columns = new Map<string, number>();
    for (const [index, cell] of cells.entries()) {
      const title = plain(cell);
      if (title !== '' && columns.has(title)) throw new InputError(say('bill.column_twice', { column: title, line }));
      columns.set(title, index);
    }
    this.#columns = columns;
    this.#width = cells.length;
    this.#quoted = header.includes('"');
  }

  has(title: string): boolean {
    return this.indexOf(title) !== undefined;
  }

  /** Where a column stands; remembered, since every row asks again. */
  indexOf(title: string): number | undefined {
    if (!this.#found.has(title)) this.#found.set(title, this.#columns.get(plain(title)));
    return this.#found.get(title);
  }

  /** @throws InputError naming the first title that is missing. */
  require(titles: readonly string[]): void {
    const missing = titles.find((title) => !this.has(title));
    if (missing !== undefined) throw new InputError(say('bill.column_missing', { column: missing }));
  }

  /** @throws InputError when the line has more or fewer cells than the header. */
  row(text: string, line: number): BillRow {
    const cells = this.#quoted ? splitQuoted(text) : splitRow(text, this.#width);
    if (cells.length !== this.#width) {
      throw new InputError(say('bill.cell_count', { line, count: cells.length, expected: this.#width }));
    }
    return new BillRow(this, cells, line);
  }
}

/** One row; a column the file does not have reads as an empty cell, so required ones are checked beforehand. */
export class BillRow {
  readonly line: number;
  readonly #table: BillTable;
  readonly #cells: readonly string[];

  constructor(table: BillTable, cells: readonly string[], line: number) {
    this.#table = table;
    this.#cells = cells;
    this.line = line;
  }

  text(title: string): string {
    const index = this.#table.indexOf(title);
    return index === undefined ? '' : (this.#cells[index] ?? '').trim();
  }

  /** Fen; an empty cell is 0. @throws InputError naming line and column. */
  amount(title: string): Fen {
    const cell = this.text(title);
    try {
      return parseBillAmount(cell);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new InputError(say('bill.bad_amount', { line: this.line, column: title, value: shown(cell) }));
    }
  }

  /** @throws InputError naming line and column. */
  count(title: string): number {
    const cell = this.text(title);
    if (!/^\d{0,15}$/.test(cell)) {
      throw new InputError(say('bill.bad_count', { line: this.line, column: title, value: shown(cell) }));
    }
    return Number(cell);
  }

  /** ms, from Beijing time; undefined for an empty cell. @throws InputError naming line and column. */
  time(title: string): number | undefined {
    const cell = this.text(title);
    if (cell === '') return undefined;
    try {
      return parseBeijing(cell);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw new InputError(say('bill.bad_time', { line: this.line, column: title, value: shown(cell) }));
    }
  }
}
