import { shortened } from '../package/findings.ts';
import type { Element } from '../xml/element.ts';
import type { Reading } from './group.ts';
import { valueOf } from './values.ts';

/** Of each of two values that disagree, so that both are seen within a finding's value. */
const SHOWN_CHARACTERS = 90;

/** Whether there is anything in an element: `<ResponseFor/>`, groups of empty elements and the word null say nothing. @source D14 */
export function says(element: Element): boolean {
  return (
    valueOf(element.text) !== undefined ||
    element.hasContent ||
    hrefsOf(element).length > 0 ||
    element.children.some(says)
  );
}

/** What a Reference points at by attribute, whatever the prefix. */
export const hrefsOf = ({ attributes }: Element): string[] =>
  Object.entries(attributes).flatMap(([name, value]) => (/(?:^|:)href$/i.test(name) ? (valueOf(value) ?? []) : []));

/**
 * The element that counts where the standard has one at most: the first that says something. Others that say the same are noted as
 * repeated; others that say something else, or of which that cannot be told, make the package one that can be read in two ways.
 *
 * @source R13
 */
export function onlyOne<E extends Element>(elements: readonly E[], path: string, reading: Reading): E | undefined {
  const [first, ...others] = elements.filter(says);
  if (!first) return elements[0];
  const different = others.find((other) => !saysTheSame(first, other));
  if (different) noteAmbiguous(reading, path, wordsOf(first), wordsOf(different));
  else if (others.length > 0) reading.noteOnce('element-repeated', path, wordsOf(first));
  return first;
}

/** The same for plain values. */
export function onlyValue(values: readonly string[], path: string, reading: Reading): string | undefined {
  const [first, ...others] = values;
  const different = others.find((other) => other !== first);
  if (first !== undefined && different !== undefined) noteAmbiguous(reading, path, first, different);
  return first;
}

export function noteAmbiguous(reading: Reading, path: string, ...values: readonly string[]): void {
  reading.noteOnce('element-ambiguous', path, values.map((value) => shortened(value, SHOWN_CHARACTERS)).join(' ≠ '));
}

/** Contents of attachments have gone on their way: of two, nothing says that they are equal. */
function saysTheSame(one: Element, other: Element): boolean {
  if (one.hasContent || other.hasContent || valueOf(one.text) !== valueOf(other.text)) return false;
  if (hrefsOf(one).join('\n') !== hrefsOf(other).join('\n')) return false;
  const [parts, otherParts] = [one.children.filter(says), other.children.filter(says)];
  return (
    parts.length === otherParts.length &&
    parts.every((part, index) => {
      const otherPart = otherParts[index];
      return otherPart?.name === part.name && saysTheSame(part, otherPart);
    })
  );
}

/** The beginning of what an element says, for a person. */
function wordsOf(element: Element): string {
  let words = valueOf(element.text) ?? hrefsOf(element)[0] ?? '';
  for (const part of element.children) {
    if (words.length >= SHOWN_CHARACTERS) break;
    const more = wordsOf(part);
    if (more !== '') words += words === '' ? more : `, ${more}`;
  }
  return words;
}
