/** The run as a person reads it. */
export class Timeline {
  readonly #started = Date.now();

  chapter(title: string): void {
    process.stdout.write(`\n${title}\n`);
  }

  event(who: string, what: string): void {
    const seconds = ((Date.now() - this.#started) / 1000).toFixed(1).padStart(5);
    process.stdout.write(`  ${seconds} s  ${who.padEnd(24)} ${what}\n`);
  }
}
