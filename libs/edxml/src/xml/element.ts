/** An element as the reader keeps it: found by local name without case, whatever its prefix and namespace. */
export interface Element {
  /** Local name in small letters. */
  readonly name: string;
  /** As written, with its prefix. */
  readonly written: string;
  /** Namespace, when the prefix is declared. */
  readonly uri: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
  /** Whether it held content of an attachment; that is not among its text. */
  readonly hasContent: boolean;
}

/** First child with one of these names, in the order of the names. */
export function child(element: Element | undefined, ...names: readonly string[]): Element | undefined {
  for (const name of names) {
    const found = element?.children.find((candidate) => candidate.name === name);
    if (found) return found;
  }
  return undefined;
}

export const childrenOf = (element: Element | undefined, ...names: readonly string[]): readonly Element[] =>
  element?.children.filter((candidate) => names.includes(candidate.name)) ?? [];

/** First element in document order, itself included, that `test` accepts. */
export function find(element: Element | undefined, test: (element: Element) => boolean): Element | undefined {
  if (!element || test(element)) return element;
  for (const candidate of element.children) {
    const found = find(candidate, test);
    if (found) return found;
  }
  return undefined;
}

/** All elements that `test` accepts, in document order. */
export function findAll(element: Element | undefined, test: (element: Element) => boolean): Element[] {
  if (!element) return [];
  return [...(test(element) ? [element] : []), ...element.children.flatMap((candidate) => findAll(candidate, test))];
}

/** As written, without the prefix. */
export const localPart = (written: string): string => written.slice(written.indexOf(':') + 1);

export const localName = (written: string): string => localPart(written).toLowerCase();
