/**
 * Does outside work before a command and hands its outcome into it: a problem met outside is thrown inside, after the
 * command has looked whether this request was answered already. A repetition so gets its first answer even when the work
 * could not be done again.
 */
export async function captureOutcome<T>(work: () => Promise<T>): Promise<() => T> {
  const [outcome] = await Promise.allSettled([work()]);
  return () => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  };
}
