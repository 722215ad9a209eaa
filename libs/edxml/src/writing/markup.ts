import { EDXML_NAMESPACE } from '../package/namespace.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Line ends inside a value are kept as references: whoever indents the package anew must not change them. */
const escape = (text: string): string => text.replace(/[&<>"\t\n\r]/g, (character) => ESCAPES[character] ?? character);

/**
 * Writes elements as text. The standard's packages use one namespace under two spellings, with the prefix `edXML` inside the envelope and
 * without it outside; serialisers that resolve namespaces (xmlbuilder2 among them) drop such a prefix, so this one only writes what it is told.
 */
export class Markup {
  #text = '';
  readonly #open: string[] = [];

  declaration(): void {
    this.#text += '<?xml version="1.0" encoding="UTF-8"?>\n';
  }

  /** An element with elements inside; left out when `children` writes none, because empty elements are not sent. */
  group(name: string, children: () => void, attributes: Readonly<Record<string, string>> = {}): void {
    const before = this.#text;
    const start = `${this.#indent()}<${name}${attributesOf(attributes)}>\n`;
    this.#text += start;
    this.#open.push(name);
    const inside = this.#text.length;
    children();
    this.#open.pop();
    if (this.#text.length === inside) this.#text = before;
    else this.#text += `${this.#indent()}</${name}>\n`;
  }

  /** An element with a value; left out for undefined. */
  value(
    name: string,
    value: string | number | boolean | undefined,
    attributes: Readonly<Record<string, string>> = {},
  ): void {
    if (value === undefined || value === '') return;
    this.#text += `${this.#indent()}<${name}${attributesOf(attributes)}>${escape(String(value))}</${name}>\n`;
  }

  /** Hands over what has been written up to the content of an element, which the caller writes himself before `endContent`. */
  startContent(name: string, attributes: Readonly<Record<string, string>> = {}): string {
    this.#text += `${this.#indent()}<${name}${attributesOf(attributes)}>`;
    return this.take();
  }

  endContent(name: string): void {
    this.#text += `</${name}>\n`;
  }

  start(name: string, attributes: Readonly<Record<string, string>> = {}): void {
    this.#text += `${this.#indent()}<${name}${attributesOf(attributes)}>\n`;
    this.#open.push(name);
  }

  end(): void {
    const name = this.#open.pop() ?? '';
    this.#text += `${this.#indent()}</${name}>\n`;
  }

  /** What was written since the last time. */
  take(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }

  #indent(): string {
    return '  '.repeat(this.#open.length);
  }
}

const attributesOf = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escape(value)}"`)
    .join('');

export const DEFAULT_NAMESPACE = { xmlns: EDXML_NAMESPACE } as const;
export const PREFIX_NAMESPACE = { 'xmlns:edXML': EDXML_NAMESPACE } as const;
