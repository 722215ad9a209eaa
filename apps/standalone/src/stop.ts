/** A reason not to start, in one sentence a person can act on. */
export class CannotStart extends Error {}

export const cannot = (vi: string, en: string, cause?: unknown): CannotStart =>
  new CannotStart(`${vi} (${en})`, { cause });
