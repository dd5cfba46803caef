/**
 * What whoever calls the tools must know of the floors below them: who asks for a call, how a person is asked about it,
 * and how amounts and times are written.
 */
export type { Clock } from '../alipay/clock.ts';
export type { ApprovalRequest, Approver, Decision } from '../guard/approver.ts';
export type { Caller } from '../guard/caller.ts';
export { formatBeijing } from '../alipay/beijing-time.ts';
export { formatYuan } from '../alipay/money.ts';
export { isAlive } from '../alipay/processes.ts';
