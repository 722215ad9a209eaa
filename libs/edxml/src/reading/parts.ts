import { find } from '../xml/element.ts';
import type { Element } from '../xml/element.ts';
import type { Reading } from './group.ts';
import { noteAmbiguous, onlyOne, says } from './only-one.ts';

export type Part = keyof typeof PARTS;

/** What only a header of a package holds: other payloads have a `Status` too. */
const HEADER_SIGNS: ReadonlySet<string> = new Set(['from', 'to', 'documentid', 'subject', 'responsefor', 'statuscode']);
const named =
  (...names: readonly string[]) =>
  ({ name }: Element): boolean =>
    names.includes(name);

/** Lists of attachments, in the standard's layout and in older ones. @source D8 */
export const isAttachmentList = named('attachmentencoded', 'edxmlattachments', 'manifest', 'edxmlmanifest');
export const isManifest = named('edxmlmanifest', 'manifest');
const holds =
  (test: (element: Element) => boolean) =>
  ({ children }: Element): boolean =>
    children.some((element) => test(element) && says(element));

/** Parts of a package that it has once, however deep they stand, as each of them is recognised. */
const PARTS = {
  edXMLEnvelope: named('edxmlenvelope'),
  edXMLHeader: named('edxmlheader'),
  MessageHeader: (element) =>
    element.name === 'messageheader' ||
    (element.name === 'status' && holds(({ name }) => HEADER_SIGNS.has(name))(element)),
  TraceHeaderList: named('traceheaderlist'),
  /** In the standard's spelling and in the right one. */
  Bussiness: named('bussiness', 'business'),
  edXMLBody: named('edxmlbody'),
  edXMLManifest: (element) => isManifest(element) && holds(named('reference'))(element),
  AttachmentEncoded: (element) => isAttachmentList(element) && holds(named('attachment'))(element),
} as const satisfies Readonly<Record<string, (element: Element) => boolean>>;
const PATHS: Partial<Record<Part, string>> = { Bussiness: 'TraceHeaderList.Bussiness' };

/** The parts of one package, each found once. */
export class Parts {
  readonly #found: ReadonlyMap<Part, Element>;

  /** Notes each part that is there with different contents. @source R3 @source D6 */
  constructor(root: Element, reading: Reading) {
    const found = new Map<Part, Element>();
    for (const part of Object.keys(PARTS) as Part[]) {
      const candidates = standing(root, PARTS[part]).filter((one) => part !== 'MessageHeader' || one !== root);
      const only = onlyOne(candidates, PATHS[part] ?? part, reading);
      if (only) found.set(part, only);
    }
    this.#found = found;
    const header = found.get('MessageHeader');
    if (header && holds(named('subject'))(header) && holds(named('statuscode'))(header)) {
      // a document to one reader, a status to another
      noteAmbiguous(reading, 'MessageHeader', 'Subject', 'StatusCode');
    }
  }

  get(part: Part): Element | undefined {
    return this.#found.get(part);
  }
}

/**
 * Elements of a kind in document order, except those that hold nothing but another of their kind: senders double a start tag now and then.
 *
 * @source D4
 */
function standing(root: Element, test: (element: Element) => boolean): Element[] {
  const found: Element[] = [];
  const visit = (element: Element): void => {
    if (test(element) && element.children.some((part) => !test(part) && says(part))) found.push(element);
    element.children.forEach(visit);
  };
  visit(root);
  return found;
}

/** The first element that could be the header; one that says nothing, too. */
export const anyHeader = (root: Element | undefined): Element | undefined =>
  find(root, (element) => element !== root && (element.name === 'messageheader' || element.name === 'status'));
