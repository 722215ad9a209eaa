import { SaxesParser } from 'saxes';
import { XMLDSIG } from '../algorithms.ts';
import type { Finding } from './report.ts';

/** An element within the signature, with its own text. */
export interface SignatureElement {
  readonly uri: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: SignatureElement[];
  text: string;
}

export interface ScannedSignature {
  readonly element: SignatureElement;
  /** Local names of its ancestors, from the root down. */
  readonly place: readonly string[];
  /** Its markup, with every namespace declaration that it inherits. */
  readonly markup: string;
}

export interface Scan {
  readonly findings: readonly Finding[];
  readonly root: { readonly name: string; readonly ids: readonly string[] } | undefined;
  readonly signatures: readonly ScannedSignature[];
  /** Every value of an Id, ID or id, with repetitions. */
  readonly ids: readonly string[];
}

/** Deeper trees are an attack on recursive readers. */
const DEEPEST = 200;

interface Open {
  readonly name: string;
  readonly scope: Readonly<Record<string, string>>;
  readonly element: SignatureElement | undefined;
  readonly start: number;
}

class Refused extends Error {
  readonly finding: Finding;
  constructor(finding: Finding) {
    super(finding);
    this.finding = finding;
  }
}

const refuse = (finding: Finding) => (): never => {
  throw new Refused(finding);
};

/**
 * Reads the document once, strictly, before any of it is trusted: no document type, no entities, no processing
 * instructions and no CDATA, whose text canonicalisers have printed differently (@source XML-05).
 */
export function scan(xml: string): Scan {
  const stack: Open[] = [];
  const signatures: ScannedSignature[] = [];
  const ids: string[] = [];
  let root: Scan['root'];
  let tagStart = 0;
  const parser = new SaxesParser({ xmlns: true, position: true });
  const inSignature = (): SignatureElement | undefined => stack.at(-1)?.element;

  parser.on('error', refuse('not-well-formed'));
  parser.on('doctype', refuse('doctype'));
  parser.on('processinginstruction', refuse('processing-instruction'));
  parser.on('cdata', refuse('cdata'));
  parser.on('comment', () => {
    if (inSignature()) throw new Refused('structure');
  });
  parser.on('text', (text) => {
    const element = inSignature();
    if (element) element.text += text;
  });
  parser.on('opentagstart', () => {
    tagStart = xml.lastIndexOf('<', parser.position - 1);
  });
  parser.on('opentag', (tag) => {
    if (stack.length >= DEEPEST) throw new Refused('too-deep');
    const own = Object.values(tag.attributes)
      .filter(({ local, prefix }) => prefix !== 'xmlns' && local.toLowerCase() === 'id')
      .map(({ value }) => value);
    ids.push(...own);
    root ??= { name: tag.local, ids: own };
    const outer = inSignature();
    const isSignature = tag.local === 'Signature' && tag.uri === XMLDSIG;
    const element: SignatureElement | undefined =
      outer || isSignature
        ? {
            uri: tag.uri,
            name: tag.local,
            attributes: Object.fromEntries(Object.values(tag.attributes).map(({ name, value }) => [name, value])),
            children: [],
            text: '',
          }
        : undefined;
    if (outer && element) outer.children.push(element);
    stack.push({ name: tag.local, scope: { ...stack.at(-1)?.scope, ...tag.ns }, element, start: tagStart });
  });
  parser.on('closetag', (tag) => {
    const closed = stack.pop();
    if (!closed?.element || tag.local !== 'Signature' || tag.uri !== XMLDSIG) return;
    signatures.push({
      element: closed.element,
      place: stack.map(({ name }) => name),
      markup: withScope(xml.slice(closed.start, parser.position), closed.scope, tag.ns),
    });
  });
  try {
    parser.write(xml).close();
  } catch (error) {
    if (error instanceof Refused) return { findings: [error.finding], root: undefined, signatures: [], ids: [] };
    throw error;
  }
  return { findings: [], root, signatures, ids };
}

/** Writes the inherited declarations into the start tag, so that the element can be read alone. */
function withScope(
  markup: string,
  scope: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>>,
): string {
  const declarations = Object.entries(scope)
    .filter(([prefix]) => !(prefix in own))
    .map(([prefix, uri]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribute(uri)}"`)
    .join('');
  const nameEnd = markup.search(/[\s/>]/);
  return markup.slice(0, nameEnd) + declarations + markup.slice(nameEnd);
}

const escapeAttribute = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
