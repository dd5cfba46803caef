const LOOK_AGAIN_MS = 500;

/**
 * Calls `then` once whoever started this process is gone. npm puts a shell between itself and its scripts, and that
 * passes no signal on: a script learns that npm was ended only from being given to another parent (never on Windows).
 */
export function whenOrphaned(then) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    then();
  }, LOOK_AGAIN_MS);
  timer.unref();
}
