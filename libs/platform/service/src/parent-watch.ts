const CHECK_MS = 1_000;

/**
 * Calls `onGone` once when the process that started this one is gone, so that a killed launcher leaves nothing behind.
 * The parent's pid may be taken by another process later; our own parent's pid changes at once when it dies.
 */
export function watchParent(parentPid: number | undefined, onGone: () => void): void {
  process.once('disconnect', onGone);
  if (parentPid === undefined) return;
  const direct = process.ppid === parentPid;
  const timer = setInterval(() => {
    if (direct ? process.ppid === parentPid : isAlive(parentPid)) return;
    clearInterval(timer);
    onGone();
  }, CHECK_MS);
  timer.unref();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
