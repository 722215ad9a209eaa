import type { CalendarDate } from '@qlvb/vietnam';

/**
 * A date in words: days below 10 and the months 1 and 2 get a leading zero, other months do not.
 *
 * @source NĐ30-PL1-II.4
 * @source NĐ30-PL1-T1
 */
export function formatDateInWords(date: CalendarDate): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `ngày ${day} tháng ${Number(month) > 2 ? String(Number(month)) : month} năm ${year}`;
}

/**
 * The line of place and date of issue: `Quảng Bình, ngày 05 tháng 01 năm 2024`.
 *
 * @source NĐ30-PL1-II.4
 */
export function formatDateLine(placeOfIssue: string, date: CalendarDate): string {
  return `${placeOfIssue.normalize('NFC')}, ${formatDateInWords(date)}`;
}
