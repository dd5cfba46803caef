import type { Sentence } from '../text/index.ts';
import type { Approver } from './approver.ts';

/** Who wants something done: one tool call of one client. No part of an intent. */
export interface Caller {
  /** The client's session; the queue bounds how many requests of one client wait. */
  readonly clientId: string;
  /** How the client calls itself; shown as its own word. */
  readonly name: string;
  /** Aborted when the caller waits no longer: a denial before redemption, afterwards only an end of the waiting. */
  readonly signal: AbortSignal;
  readonly progress: (message: Sentence) => void;
  /** How a person can be asked for this caller, given by the root; undefined: nobody can, so no money moves. */
  readonly approver: Approver | undefined;
}
