import { parseBeijing } from '../../alipay/beijing-time.ts';

/** Virtual time stays between 2000 and 2100, Beijing time. */
export const EARLIEST_MS = parseBeijing('2000-01-01 00:00:00');
export const LATEST_MS = parseBeijing('2100-01-01 00:00:00');
