import { secrecyMarkIn, secrecyOfField } from '@qlvb/records';
import type { Secrecy } from '@qlvb/records';
import { localPart } from '../xml/element.ts';
import type { Element } from '../xml/element.ts';
import type { Reading } from './group.ts';

/** The field that the form of 2013 had for it; since then only the texts can say it. */
const SECRECY_FIELDS: ReadonlySet<string> = new Set(['secret', 'secrecy', 'secretlevel']);

/**
 * Notes every mark of state secret in the package, in whatever element or attribute it stands: subject, reasons, appendices,
 * names of recipients and attachments, elements that nobody knows.
 *
 * @source EX-SEC-1
 */
export function noteSecrecy(root: Element, reading: Reading, path = ''): void {
  const own = localPart(root.written);
  const here = path === '' || PATH_STARTS.has(root.name) ? own : `${path}.${own}`;
  const isField = SECRECY_FIELDS.has(root.name);
  for (const text of [root.text, ...Object.values(root.attributes)]) {
    if ((isField ? secrecyOfField(text) : undefined) ?? secrecyMarkIn(text)) reading.note('secrecy-mark', here, text);
  }
  for (const element of root.children) noteSecrecy(element, reading, here);
}

/** Parts of a package from which the paths of findings run. */
const PATH_STARTS: ReadonlySet<string> = new Set([
  'messageheader',
  'status',
  'traceheaderlist',
  'edxmlmanifest',
  'manifest',
  'attachmentencoded',
]);

export interface StatedSecrecy {
  /** JSON pointer to the text within what was looked through. */
  readonly pointer: string;
  readonly secrecy: Secrecy;
}

/**
 * Every mark of state secret in the values of a package, received or to be sent: all texts at any depth, whatever they mean.
 * The texts themselves are not part of the answer, which may be kept when they may not.
 *
 * @source EX-SEC-1
 */
export function statedSecrecyMarks(value: unknown, pointer = ''): StatedSecrecy[] {
  if (typeof value === 'string') {
    const secrecy = secrecyMarkIn(value);
    return secrecy === undefined ? [] : [{ pointer, secrecy }];
  }
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => statedSecrecyMarks(item, `${pointer}/${key}`));
}
