import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';

/** An element as it stands in a text of markup. */
export interface Standing {
  /** Local names from the root down. */
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

const TAG = /<!--[^]*?-->|<\?[^]*?\?>|<(\/?)(?:[\w-]+:)?([\w-]+)(?:\s[^>]*?)?(\/?)>/g;

/** Every element of a well-made package, in the order of its start. */
export function elementsOf(xml: string): Standing[] {
  const open: { path: string; start: number }[] = [];
  const found: Standing[] = [];
  for (const { 0: tag, 1: closes, 2: name, 3: isEmpty, index } of xml.matchAll(TAG)) {
    if (name === undefined) continue;
    if (closes === '') open.push({ path: [open.at(-1)?.path ?? [], name].flat().join('/'), start: index });
    if (closes === '' && isEmpty === '') continue;
    const element = open.pop();
    if (element) found.push({ ...element, end: index + tag.length });
  }
  return found.sort((one, other) => one.start - other.start);
}

/** The package with the element once more beside itself. */
export function withTwin(
  xml: string,
  { start, end }: Standing,
  place: 'before' | 'after',
  change: (markup: string) => string,
): string {
  const at = place === 'before' ? start : end;
  return xml.slice(0, at) + change(xml.slice(start, end)) + xml.slice(at);
}

/** Every text says something else, contents of attachments too. */
export const saidOtherwise = (markup: string): string =>
  markup
    .replaceAll(/(ContentTransferEncoded[^>]*>)[^<]*/g, '$1S2jDoWM=')
    .replaceAll(/>([^<>]*[^\s<>])(\s*)</g, '>$1 9$2<');

export interface SchemaElement {
  readonly path: string;
  readonly isRepeatable: boolean;
}

interface Node {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Node[];
}

/** Every element that the schema of the standard has in packages of a kind, and whether it may stand more than once. */
export function schemaElements(kind: 'document' | 'status'): SchemaElement[] {
  const schema = parsed(readFileSync(join(import.meta.dirname, '..', '..', 'schema', 'edxml.xsd'), 'utf8'));
  const types = new Map(
    schema.children.filter(({ tag }) => tag === 'xs:complexType').map((node) => [node.attributes['name'] ?? '', node]),
  );
  const found: SchemaElement[] = [];
  const visit = (node: Node, path: string): void => {
    if (node.tag === 'xs:choice') return visit(node.children[kind === 'document' ? 0 : 1] as Node, path);
    if (node.tag !== 'xs:element') return node.children.forEach((child) => visit(child, path));
    const { name = '', type = '', maxOccurs = '1' } = node.attributes;
    const own = path === '' ? name : `${path}/${name}`;
    found.push({ path: own, isRepeatable: maxOccurs !== '1' });
    for (const child of types.get(type)?.children ?? node.children) visit(child, own);
  };
  schema.children.filter(({ tag }) => tag === 'xs:element').forEach((node) => visit(node, ''));
  return found;
}

function parsed(xml: string): Node {
  const root: Node = { tag: '', attributes: {}, children: [] };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    const node: Node = { tag: name, attributes, children: [] };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  return root.children[0] as Node;
}
