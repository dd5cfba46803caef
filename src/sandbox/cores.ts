import { availableParallelism } from 'node:os';

/** How many threads sign for the one that feeds them: one for each other core. */
export const SIGNING_THREADS = Math.max(1, availableParallelism() - 1);
