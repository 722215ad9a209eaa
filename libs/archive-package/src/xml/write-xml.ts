import { createCB } from 'xmlbuilder2';

export type Attributes = Readonly<Record<string, string | undefined>>;

/** Writes one element after the other; the document is never held as a tree. */
export interface XmlWriter {
  /** An element with attributes and, inside `children`, its content. An undefined attribute is left out. */
  element(name: string, attributes?: Attributes, children?: (() => void) | string): void;
}

/** The bytes of an XML document in UTF-8, indented, one element per line: the same calls give the same bytes. */
export function writeXml(write: (xml: XmlWriter) => void): Buffer {
  const chunks: string[] = [];
  let failure: Error | undefined;
  const builder = createCB({
    prettyPrint: true,
    data: (text: string) => chunks.push(text),
    error: (error: Error) => {
      failure ??= error;
    },
  });
  builder.dec({ encoding: 'UTF-8' });
  write({
    element(name, attributes = {}, children) {
      const present = Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined);
      builder.ele(name, Object.fromEntries(present));
      if (typeof children === 'string') builder.txt(children);
      else children?.();
      builder.up();
    },
  });
  builder.end();
  if (failure) throw failure;
  return Buffer.from(`${chunks.join('')}\n`, 'utf8');
}
