const LIMIT_MS = 300_000;

/** Asks again until the answer is as wanted. @throws Error naming what was waited for */
export async function until<T>(what: string, ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  const started = Date.now();
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    if (Date.now() - started > LIMIT_MS)
      throw new Error(`${what}: not within ${LIMIT_MS / 1000} s: ${JSON.stringify(answer).slice(0, 500)}`);
    await new Promise((done) => setTimeout(done, 150));
  }
}
