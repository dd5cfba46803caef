/** The bills of the sandbox: what the platform lets a merchant download, as a ZIP of GBK files. */
export { writeAccountBill, type AccountBillRow } from './account-bill.ts';
export type { BillPeriod } from './bill-table.ts';
export { writeTradeBill, type TradeBillRow } from './trade-bill.ts';
