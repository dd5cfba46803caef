/**
 * The pool is there for signatures: it has a thread for every core but the one of the thread that feeds it. One more
 * makes every answer slower: whenever it wakes it takes that thread's core, while another core has nothing to do.
 * Nothing that can hang runs in the pool, such as looking up a name: notifications go to this machine only.
 * Read by the pool before its first work, so this is imported first.
 */
import { availableParallelism } from 'node:os';

process.env.UV_THREADPOOL_SIZE ??= String(Math.max(1, availableParallelism() - 1));
