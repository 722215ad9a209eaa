import { z } from 'zod';

/** Texts that are longer than the field of the event that they belong to, whole, by the field's name. */
export const longValues = z.record(z.string().max(60), z.string()).optional();

/** A text cut to a number of UTF-16 units, with an ellipsis where something is missing; never half a character. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`;
}

/**
 * Fits texts into an event whose fields were published with a limit; no value is lost.
 *
 * @param limits UTF-16 units by field
 * @returns the fields as they fit and, for those that did not, the whole texts
 */
export function fitted<Field extends string>(
  texts: Readonly<Record<Field, string>>,
  limits: Readonly<Record<Field, number>>,
): { readonly texts: Record<Field, string>; readonly longValues: Record<string, string> } {
  const fields = Object.keys(texts) as Field[];
  return {
    texts: Object.fromEntries(fields.map((field) => [field, shortened(texts[field], limits[field])])) as Record<
      Field,
      string
    >,
    longValues: Object.fromEntries(
      fields.filter((field) => texts[field].length > limits[field]).map((field) => [field, texts[field]]),
    ),
  };
}
