import { SaxesParser } from 'saxes';
import { DoctypeRefused, LimitExceeded, NotWellFormed, NotXml, Truncated } from '../edxml.errors.ts';
import type { ReadLimits } from '../package/limits.ts';

export interface MarkupHandler {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close(name: string): void;
  /** Text outside attachment contents, whole. */
  text(text: string): void;
  /** True while the open element holds the content of an attachment: its text is then given to `content` in pieces. */
  readonly isContent: boolean;
  content(text: string): Promise<void>;
  /** Called after each piece of markup, so that a handler can wait for what it started. */
  settle(): Promise<void>;
  /** Tags did not match and were repaired. */
  repaired(name: string): void;
  declaredEncoding(encoding: string): void;
  /** What follows the root element. */
  trailing(text: string): void;
}

/** What begins with `<` and where it ends; inside a start tag, quotes hide the end. */
const MARKUP: readonly (readonly [start: string, end: string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
  ['<', '>'],
];
const LONGEST_START = 9;
const LONGEST_END_TAG = 1024;
const LONGEST_REFERENCE = 10;
const MAX_REPAIRS = 20;

/**
 * Reads XML as a stream. It cuts the text into tags, comments and texts, gives those to saxes, which checks and decodes them without
 * regard to namespaces (packages with undeclared prefixes are in use), and keeps two things to itself: contents of attachments, which a
 * parser would hold as one string, and tags that do not match, for which a parser would give up the whole document.
 *
 * @source R2 no DTD, no entities, limits on everything
 * @source D3
 * @source D4
 */
export class MarkupReader {
  readonly #handler: MarkupHandler;
  readonly #limits: ReadLimits;
  readonly #parser = new SaxesParser({ xmlns: false, position: false });
  readonly #open: string[] = [];
  /** Beginning of something whose kind or end has not arrived. */
  #held = '';
  /** End of what saxes is in the middle of; a quote inside a start tag. */
  #until: string | undefined;
  #hasRoot = false;
  #repairs = 0;
  #elements = 0;
  #tokenCharacters = 0;
  #textCharacters = 0;

  constructor(handler: MarkupHandler, limits: ReadLimits) {
    this.#handler = handler;
    this.#limits = limits;
    const parser = this.#parser;
    parser.on('error', (error) => {
      throw NotWellFormed({ reason: error.message.replace(/\.$/, '') }, { cause: error });
    });
    parser.on('xmldecl', ({ encoding }) => {
      if (encoding !== undefined) handler.declaredEncoding(encoding);
    });
    parser.on('opentag', ({ name, attributes }) => this.#opened(name, attributes));
    parser.on('closetag', ({ name }) => {
      this.#open.pop();
      this.#tokenCharacters = 0;
      handler.close(name);
    });
    const restart = (): void => {
      this.#tokenCharacters = 0;
    };
    parser.on('comment', restart);
    parser.on('processinginstruction', restart);
    parser.on('text', (text) => this.#textRead(text));
    // only CDATA inside a content element comes as a whole although it is content: it is bounded like every token
    parser.on('cdata', (text) => this.#textRead(text));
  }

  async write(text: string): Promise<void> {
    const all = this.#held + text;
    this.#held = '';
    let at = 0;
    while (at < all.length) {
      const next = await this.#step(all, at);
      if (next === undefined) {
        this.#held = all.slice(at);
        return;
      }
      at = next;
    }
  }

  /** @throws NotXml when there was no element; Truncated when one is still open */
  end(): void {
    const element = this.#open.at(-1);
    if (element !== undefined) throw Truncated({ element });
    if (!this.#hasRoot) throw this.#until === undefined && this.#held === '' ? NotXml() : Truncated({ element: '?' });
  }

  /** Handles what stands at `at` and returns where the next thing starts; undefined when more text is needed to tell. */
  async #step(all: string, at: number): Promise<number | undefined> {
    if (this.#until !== undefined) return this.#within(all, at, this.#until);
    if (this.#hasRoot && this.#open.length === 0) {
      this.#handler.trailing(all.slice(at));
      return all.length;
    }
    if (all[at] === '<') return this.#startMarkup(all, at);
    if (!this.#handler.isContent) {
      const end = positionOf(all, at, '<');
      this.#feed(all.slice(at, end));
      return end;
    }
    if (all[at] === '&') return this.#reference(all, at);
    const end = Math.min(positionOf(all, at, '<'), positionOf(all, at, '&'));
    await this.#handler.content(all.slice(at, end));
    return end;
  }

  async #startMarkup(all: string, at: number): Promise<number | undefined> {
    const start = all.slice(at, at + LONGEST_START);
    if (start.length < LONGEST_START && MARKUP.some(([prefix]) => prefix !== '<' && prefix.startsWith(start))) {
      return undefined;
    }
    if (start.startsWith('</')) return this.#endTag(all, at);
    const [prefix, end] = MARKUP.find(([candidate]) => start.startsWith(candidate)) ?? ['<', '>'];
    if (prefix === '<' && start.startsWith('<!')) throw DoctypeRefused();
    this.#feed(prefix);
    this.#until = end;
    return at + prefix.length;
  }

  /** Feeds saxes up to the end of what it is in. */
  async #within(all: string, at: number, until: string): Promise<number | undefined> {
    const isTag = until === '>';
    const found = isTag ? all.slice(at).search(/[>"']/) : all.indexOf(until, at) - at;
    if (found < 0) {
      // the end may be cut in two: keep what could be its beginning
      const safe = all.length - until.length + 1;
      if (safe <= at) return undefined;
      this.#feed(all.slice(at, safe));
      return safe;
    }
    const end = at + found + until.length;
    this.#feed(all.slice(at, end));
    const mark = all[end - 1];
    if (until === '"' || until === "'") this.#until = '>';
    else this.#until = isTag && mark !== '>' ? mark : undefined;
    if (this.#until === undefined) await this.#handler.settle();
    return end;
  }

  async #endTag(all: string, at: number): Promise<number | undefined> {
    const end = all.indexOf('>', at);
    if (end < 0 && all.length - at < LONGEST_END_TAG) return undefined;
    const name = all.slice(at + 2, end).trimEnd();
    if (end < 0 || name.length > LONGEST_END_TAG || !/^[^\s<>&/]+$/.test(name)) {
      throw NotWellFormed({ reason: 'malformed end tag' });
    }
    if (this.#open.at(-1) !== name) this.#repair(name);
    if (this.#open.at(-1) === name) this.#feed(`</${name}>`);
    await this.#handler.settle();
    return end + 1;
  }

  /** Closes what was left open inside `name`, or lets a surplus end tag pass. */
  #repair(name: string): void {
    this.#repairs += 1;
    if (this.#repairs > MAX_REPAIRS) throw NotWellFormed({ reason: 'start and end tags do not match' });
    this.#handler.repaired(name);
    if (!this.#open.includes(name)) return;
    while (this.#open.at(-1) !== name) this.#feed(`</${this.#open.at(-1) ?? ''}>`);
  }

  /** A reference inside the content of an attachment: line ends come as `&#13;`, everything else is left to the base64 check. */
  async #reference(all: string, at: number): Promise<number | undefined> {
    const end = all.indexOf(';', at);
    if (end < 0 && all.length - at < LONGEST_REFERENCE) return undefined;
    const isBlank = end >= 0 && /^&#(?:x0*(?:9|a|d|20)|0*(?:9|10|13|32));$/i.test(all.slice(at, end + 1));
    await this.#handler.content(isBlank ? '\n' : '&');
    return isBlank ? end + 1 : at + 1;
  }

  #opened(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#open.push(name);
    this.#hasRoot = true;
    this.#tokenCharacters = 0;
    this.#elements += 1;
    const values = Object.entries(attributes);
    for (const [key, value] of values) this.#textCharacters += key.length + value.length;
    this.#textCharacters += name.length;
    if (this.#open.length > this.#limits.depth) this.#exceeded('depth');
    if (this.#elements > this.#limits.elements) this.#exceeded('elements');
    if (values.length > this.#limits.attributesPerElement) this.#exceeded('attributesPerElement');
    if (this.#textCharacters > this.#limits.textCharacters) this.#exceeded('textCharacters');
    this.#handler.open(name, attributes);
  }

  #textRead(text: string): void {
    this.#tokenCharacters = 0;
    this.#textCharacters += text.length;
    if (this.#textCharacters > this.#limits.textCharacters) this.#exceeded('textCharacters');
    this.#handler.text(text);
  }

  #feed(text: string): void {
    this.#tokenCharacters += text.length;
    if (this.#tokenCharacters > this.#limits.tokenCharacters) this.#exceeded('tokenCharacters');
    this.#parser.write(text);
  }

  #exceeded(limit: keyof ReadLimits): never {
    throw LimitExceeded({ limit, value: this.#limits[limit] });
  }
}

/** Position of a character from `from` on; the end of the text when it is not there. */
function positionOf(text: string, from: number, character: string): number {
  const found = text.indexOf(character, from);
  return found < 0 ? text.length : found;
}
