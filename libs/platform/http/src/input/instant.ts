import { z } from 'zod';

/** Viet Nam has had one offset, without summer time, since 1975. */
const OFFSET_MINUTES = 7 * 60;

/** An instant as the API writes it: ISO 8601 with `+07:00`, milliseconds. */
export const formatInstant = (instant: Date): string =>
  new Date(instant.getTime() + OFFSET_MINUTES * 60_000).toISOString().replace('Z', '+07:00');

/** An instant in an answer: takes a Date (or ISO text) and writes it with `+07:00`. */
export const instant = () =>
  z.preprocess(
    (value) => {
      const date = value instanceof Date ? value : typeof value === 'string' ? new Date(value) : undefined;
      return date && !Number.isNaN(date.getTime()) ? formatInstant(date) : value;
    },
    z.iso.datetime({ offset: true }),
  );

/** An instant in a request: ISO 8601 with an offset or `Z`, read as a Date. */
export const instantInput = () => z.iso.datetime({ offset: true }).pipe(z.transform((text) => new Date(text)));
