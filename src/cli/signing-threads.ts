/**
 * The pool has as many threads as there are cores, and at least two: it is there for signatures, and more would only
 * take turns with the thread that feeds them. Read by the pool before its first work, so this is imported first.
 */
import { availableParallelism } from 'node:os';

process.env.UV_THREADPOOL_SIZE ??= String(Math.max(2, availableParallelism()));
