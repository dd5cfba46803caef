/**
 * The pool is there for signatures. A thread more than there are other cores makes every answer slower: when it wakes it
 * takes the core of the thread that feeds it, while another has nothing to do. Nothing that can hang runs in the pool,
 * such as looking up a name: notifications go to this machine only.
 * Read by the pool before its first work, so this is imported first.
 */
import { SIGNING_THREADS } from '../sandbox/cores.ts';

process.env.UV_THREADPOOL_SIZE ??= String(SIGNING_THREADS);
