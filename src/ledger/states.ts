/** The states of a money operation. */
export type State =
  | 'proposed'
  | 'denied'
  | 'expired'
  | 'approved'
  | 'sending'
  | 'succeeded'
  | 'rejected'
  | 'unknown'
  | 'not_executed'
  | 'resolved_by_hand';

/** The only moves there are (design: operation states). What is not here cannot happen. */
export const MOVES: Readonly<Record<State, readonly State[]>> = {
  proposed: ['denied', 'expired', 'approved'],
  approved: ['sending', 'expired'],
  sending: ['succeeded', 'rejected', 'unknown'],
  unknown: ['succeeded', 'rejected', 'not_executed', 'resolved_by_hand'],
  denied: [],
  expired: [],
  succeeded: [],
  rejected: [],
  not_executed: [],
  resolved_by_hand: [],
};

/** Between *proposed* and settled: at most one such operation may stand on one trade or payee. */
export const LIVE: readonly State[] = ['proposed', 'approved', 'sending', 'unknown'];

/** Counted against the limits: approved, in flight, in doubt, or done. */
export const COUNTED: readonly State[] = ['approved', 'sending', 'unknown', 'succeeded', 'resolved_by_hand'];

/** A condition of SQL; states are constants of this code, never input. */
export const oneOf = (states: readonly State[]): string =>
  `state IN (${states.map((state) => `'${state}'`).join(', ')})`;
