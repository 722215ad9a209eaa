/**
 * Text without marks for search and host names: decomposed, combining marks dropped, đ as d, lower case.
 * Never stored in place of the text. `hòa` and `hoà` are different texts and fold to the same.
 *
 * @source CHR-05
 */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase();
}
