import { LIMITS, secrecyMarkIn } from '@qlvb/records';

const { statement: MAX_DESCRIPTION, personName: MAX_NAME } = LIMITS.text;

/** Everything that XML or a partner's form would refuse; line ends and tabs are blanks in a status. */
const UNWRITABLE = /[\p{Cc}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu;
const MARKS_IN_A_ROW = /(\p{M}{30})\p{M}+/gu;

/**
 * A person's words as they go out in a status: whatever he wrote, they arrive. What no package can carry becomes a blank, and
 * a text that quotes a mark of state secret is replaced, because the exchange turns such a status away.
 *
 * @returns at most `most` characters; the text cut with an ellipsis where it is longer
 * @source QĐ28-A5-4
 * @source EX-SEC-1
 */
export const statusText = (text: string, most: number = MAX_DESCRIPTION): string =>
  writableLine(text, most) ?? 'Lý do có dẫn dấu chỉ độ mật nên không ghi lại ở đây; liên hệ nơi nhận.';

/** One line that every package can carry; undefined for a text that bears a mark of state secret. */
export function writableLine(text: string, most: number): string | undefined {
  const clean = text
    .replace(UNWRITABLE, ' ')
    .replace(MARKS_IN_A_ROW, '$1')
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim();
  if (secrecyMarkIn(clean)) return undefined;
  const characters = [...clean];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : clean;
}

export const statusName = (name: string): string | undefined => statusText(name, MAX_NAME) || undefined;

/** `WRONG_RECIPIENT: …`: the code of the ground, then the words. */
export const refusalText = (ground: string, reason: string): string =>
  `${ground}: ${statusText(reason, MAX_DESCRIPTION - ground.length - 2) || '—'}`;
