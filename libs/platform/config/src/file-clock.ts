import { readFileSync, statSync } from 'node:fs';
import { systemClock } from '@qlvb/shared-domain';
import type { Clock } from '@qlvb/shared-domain';
import { z } from 'zod';

export const clockSettings = {
  /** Where a test sets the time of all processes of a platform together; refused outside tests. */
  clockFile: z
    .string()
    .optional()
    .refine((file) => file === undefined || process.env['NODE_ENV'] === 'test', 'is for tests, where NODE_ENV is test'),
};

/** How far ahead of the true time, and how much faster since the file was written. */
const Setting = z.strictObject({
  offsetSeconds: z.number().default(0),
  pace: z.number().min(0).max(100_000).default(1),
});

const LOOK_MS = 20;

/** The time as a file says, looked at again whenever it has changed; the true one while there is no such file. */
export class FileClock implements Clock {
  readonly #file: string;
  #lookedAt = -Infinity;
  #writtenAt = 0;
  #setting: z.output<typeof Setting> = { offsetSeconds: 0, pace: 1 };

  constructor(file: string) {
    this.#file = file;
  }

  /** @throws Error when the file holds no setting of a clock; it is to be replaced as a whole */
  now(): Date {
    this.#look();
    const real = systemClock.now().getTime();
    const { offsetSeconds, pace } = this.#setting;
    return new Date(real + offsetSeconds * 1000 + (real - this.#writtenAt) * (pace - 1));
  }

  #look(): void {
    if (performance.now() - this.#lookedAt < LOOK_MS) return;
    this.#lookedAt = performance.now();
    const found = statSync(this.#file, { throwIfNoEntry: false });
    if (!found || found.mtimeMs === this.#writtenAt) return;
    this.#setting = Setting.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    this.#writtenAt = found.mtimeMs;
  }
}

/** The clock of a service. */
export const clockOf = ({ clockFile }: { readonly clockFile?: string | undefined }): Clock =>
  clockFile === undefined ? systemClock : new FileClock(clockFile);
