import { SaxesParser } from 'saxes';
import type { Readable } from 'node:stream';
import { PackageProblem } from '../problem.ts';

export interface XmlElement {
  readonly uri: string;
  readonly local: string;
  /** By local name with the namespace in braces when there is one: `{http://www.w3.org/1999/xlink}href`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface OpenElement {
  uri: string;
  local: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

export interface XmlLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
}

const DEFAULT_LIMITS: XmlLimits = { maxBytes: 50 * 1024 * 1024, maxDepth: 64 };

/**
 * Reads an XML document as a stream into a small tree. Elements for which `take` returns true are handed over complete
 * and dropped, so that a METS of thousands of files needs no memory for them.
 *
 * @throws PackageProblem `archive-package.bad-xml`: not well-formed, not UTF-8, a DOCTYPE, too large or too deep
 */
export async function readXml(
  source: AsyncIterable<Uint8Array> | Readable,
  options: { path: string; take?: (element: XmlElement, depth: number) => boolean; limits?: XmlLimits },
): Promise<XmlElement> {
  const { path, take, limits = DEFAULT_LIMITS } = options;
  const bad = (detail: string, cause?: unknown): PackageProblem =>
    new PackageProblem('archive-package.bad-xml', detail, { path, cause });
  const parser = new SaxesParser({ xmlns: true });
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;

  parser.on('error', (error) => {
    throw bad(error.message, error);
  });
  parser.on('doctype', () => {
    throw bad('a DOCTYPE is not accepted');
  });
  parser.on('xmldecl', (declaration) => {
    if (declaration.encoding !== undefined && !/^utf-?8$/i.test(declaration.encoding))
      throw bad('only UTF-8 is accepted');
  });
  parser.on('opentag', (tag) => {
    if (open.length >= limits.maxDepth) throw bad('elements are nested too deep');
    const attributes = Object.fromEntries(
      Object.values(tag.attributes)
        .filter((attribute) => attribute.prefix !== 'xmlns' && attribute.name !== 'xmlns')
        .map(({ uri, local, value }) => [uri === '' ? local : `{${uri}}${local}`, value]),
    );
    open.push({ uri: tag.uri, local: tag.local, attributes, children: [], text: '' });
  });
  const addText = (text: string): void => {
    const element = open.at(-1);
    if (element) element.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = open.pop();
    if (!element) return;
    const parent = open.at(-1);
    if (!parent) root = element;
    else if (!take?.(element, open.length)) parent.children.push(element);
  });

  const decoder = new TextDecoder('utf-8', { fatal: true });
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > limits.maxBytes) throw bad(`larger than ${limits.maxBytes} bytes`);
    parser.write(decode(() => decoder.decode(chunk, { stream: true }), bad));
  }
  parser.write(decode(() => decoder.decode(), bad)).close();
  if (!root) throw bad('there is no root element');
  return root;
}

function decode(step: () => string, bad: (detail: string, cause: unknown) => PackageProblem): string {
  try {
    return step();
  } catch (cause) {
    throw bad('the text is not UTF-8', cause);
  }
}

/** First child with this local name. */
export const child = (element: XmlElement | undefined, local: string): XmlElement | undefined =>
  element?.children.find((candidate) => candidate.local === local);

/** Children with this local name. */
export const childrenOf = (element: XmlElement | undefined, local: string): readonly XmlElement[] =>
  element?.children.filter((candidate) => candidate.local === local) ?? [];
