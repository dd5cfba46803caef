/** How often it is looked whether whoever started this process is still there, in ms. */
const LOOK_MS = 250;

/**
 * Aborts when somebody asks this process to end: by a signal of its own, or by one to the `npm run` it was started with,
 * whose shell ends by it and hands nothing on. Started otherwise, a process may well outlive whoever started it.
 */
export function askedToEnd(env: NodeJS.ProcessEnv): AbortSignal {
  const end = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => end.abort());
  if (env['npm_lifecycle_event'] !== undefined) {
    const shell = process.ppid;
    const look = setInterval(() => {
      if (process.ppid !== shell) end.abort();
    }, LOOK_MS);
    look.unref();
  }
  return end.signal;
}
