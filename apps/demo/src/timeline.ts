/** The run as a person reads it. */
export class Timeline {
  readonly #started = Date.now();

  chapter(title: string): void {
    process.stdout.write(`\n${title}\n`);
  }

  event(who: string, what: string): void {
    const seconds = ((Date.now() - this.#started) / 1000).toFixed(1).padStart(5);
    process.stdout.write(`  ${seconds} s  ${who.padEnd(36)} ${what}\n`);
  }
}

/** `25/11/2026 12:00`, of an instant as the API gives it, in Vietnam's time. */
export function shownTime(instant: unknown): string {
  const [, year, month, day, time] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)/.exec(String(instant)) ?? [];
  if (!time) throw new Error(`"${String(instant)}" is no instant`);
  return `${day}/${month}/${year} ${time}`;
}

/** `24/11/2026`, of a calendar day. */
export const shownDay = (day: unknown): string => String(day).split('-').toReversed().join('/');
