/** Bills: from a download link or a ZIP to rows, totals and checks. Money in fen, time in ms. */
export type { AccountBill, AccountRow, Bill, TradeBill, TradeRow } from './bill.ts';
export { downloadBill, isBillHost, type DownloadOptions } from './download.ts';
export { flagAbove } from './flag.ts';
export { readBill } from './read.ts';
