import type { CalendarDate } from '@qlvb/vietnam';
import { isCalendarDate, vietnamDate, vietnamInstant, vietnamYear } from '@qlvb/vietnam';

const EARLIEST_YEAR = 1945;
const YEARS_AHEAD = 5;

const DATE = /^(?:(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}))(?:[T ]+(.+))?$/;
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const LONGEST_MOMENT = 64;
const EPOCH_MS = /^\d{13}$/;

/** Words that senders write where they have no value. */
const NOTHING: ReadonlySet<string> = new Set(['null', 'n/a', 'undefined']);

/**
 * The text as a value: trimmed, composed; undefined for what says nothing.
 *
 * @source R5
 * @source D14
 * @source D18
 */
export function valueOf(text: string): string | undefined {
  const value = text.normalize('NFC').trim();
  return value === '' || saysNothing(value) ? undefined : value;
}

/** Whether a value is one of the words that stand for none. @source D18 */
export const saysNothing = (value: string): boolean => NOTHING.has(value.toLowerCase());

/** A moment in any form that is in use, and whether it named a time of day. The zone is that of Vietnam unless the text has its own. */
function readMoment(text: string, now: Date): { instant: Date; date: CalendarDate; hasTime: boolean } | undefined {
  // a date is short, and a long text that begins like one takes time with the square of its blanks
  if (text.length > LONGEST_MOMENT) return undefined;
  if (EPOCH_MS.test(text)) return within(new Date(Number(text)), true, now);
  const match = DATE.exec(text);
  if (!match) return undefined;
  const [, year = match[6] ?? '', month = match[5] ?? '', day = match[4] ?? ''] = match;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isCalendarDate(date)) return undefined;
  if (match[7] === undefined) return within(vietnamInstant(date), false, now);
  const time = TIME.exec(match[7].trim());
  if (!time) return undefined;
  const [, hour = '', minute = '', second = '00', zone] = time;
  const offset = zone === undefined ? '+07:00' : zone.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  return within(new Date(`${date}T${hour.padStart(2, '0')}:${minute}:${second}${offset}`), true, now);
}

function within(instant: Date, hasTime: boolean, now: Date): ReturnType<typeof readMoment> {
  if (Number.isNaN(instant.getTime())) return undefined;
  const year = vietnamYear(instant);
  if (year < EARLIEST_YEAR || year > vietnamYear(now) + YEARS_AHEAD) return undefined;
  return { instant, date: vietnamDate(instant), hasTime };
}

/**
 * A calendar date: year first or day first, wherever the four digits stand; ISO; milliseconds since 1970. Undefined for everything else,
 * so that nothing unreadable becomes a date.
 *
 * @source R6
 * @source D12
 */
export function readDate(text: string, now: Date): CalendarDate | undefined {
  return readMoment(text, now)?.date;
}

/**
 * An instant; a bare date is midnight in Vietnam.
 *
 * @source R6
 */
export function readInstant(text: string, now: Date): Date | undefined {
  return readMoment(text, now)?.instant;
}

export function readInteger(text: string): number | undefined {
  const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : undefined;
  return value;
}

/** `true`/`false`, `1`/`0`, in any letter case. */
export function readFlag(text: string): boolean | undefined {
  const word = text.toLowerCase();
  if (word === 'true' || word === '1') return true;
  return word === 'false' || word === '0' ? false : undefined;
}

/** A status code in two digits: `1` becomes `01`. @source R11 @source D17 */
export function padStatus(text: string): string {
  return /^[0-9]$/.test(text) ? `0${text}` : text;
}

/** An identifier of contents without any leading `cid:`. @source R7 @source D11 */
export function bareContentId(text: string): string {
  return text.replace(/^(?:cid:)+/i, '');
}
