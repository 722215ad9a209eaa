import { MAX_MARKS_IN_A_ROW, textFault } from '@qlvb/vietnam';
import { SaxesParser } from 'saxes';
import { DoctypeRefused, LimitExceeded, NotWellFormed, NotXml, Truncated } from '../edxml.problems.ts';
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
/** Line ends and blanks in the content of an attachment, written as references. */
const BLANK_REFERENCES = /&#(?:x0*(?:9|a|d|20)|0*(?:9|10|13|32));/gi;
const MAX_REPAIRS = 20;
const UNFINISHED = 'unescaped & or unfinished markup';

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
  #attributes = 0;
  #pieces = 0;
  #tokenCharacters = 0;
  #textCharacters = 0;

  constructor(handler: MarkupHandler, limits: ReadLimits) {
    this.#handler = handler;
    this.#limits = limits;
    const parser = this.#parser;
    parser.on('error', (error) => {
      throw NotWellFormed({ fault: error.message.replace(/\.$/, '') }, { cause: error });
    });
    parser.on('xmldecl', ({ encoding }) => {
      if (encoding !== undefined) handler.declaredEncoding(encoding);
    });
    parser.on('attribute', ({ name, value }) => this.#attributeRead(name, value));
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
    return this.#contentText(all, at);
  }

  async #startMarkup(all: string, at: number): Promise<number | undefined> {
    const start = all.slice(at, at + LONGEST_START);
    if (start.length < LONGEST_START && MARKUP.some(([prefix]) => prefix !== '<' && prefix.startsWith(start))) {
      return undefined;
    }
    this.#pieces += 1;
    if (this.#pieces > this.#limits.pieces) this.#exceeded('pieces');
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
      throw NotWellFormed({ fault: 'malformed end tag' });
    }
    if (this.#open.at(-1) !== name) this.#repair(name);
    const open = this.#open.length;
    if (this.#open.at(-1) === name) this.#feed(`</${name}>`);
    if (this.#open.at(-1) === name && this.#open.length === open) throw NotWellFormed({ fault: UNFINISHED });
    await this.#handler.settle();
    return end + 1;
  }

  /** Closes what was left open inside `name`, or lets a surplus end tag pass. */
  #repair(name: string): void {
    this.#repairs += 1;
    if (this.#repairs > MAX_REPAIRS) throw NotWellFormed({ fault: 'start and end tags do not match' });
    this.#handler.repaired(name);
    if (!this.#open.includes(name)) return;
    while (this.#open.at(-1) !== name) {
      const left = this.#open.length;
      this.#feed(`</${this.#open.at(-1) ?? ''}>`);
      // the parser is in the middle of something that no end tag ends, such as a reference without its semicolon
      if (this.#open.length === left) throw NotWellFormed({ fault: UNFINISHED });
    }
  }

  /**
   * A piece of the content of an attachment, up to the next tag: line ends come as `&#13;`, every other reference is left to
   * the base64 check.
   */
  async #contentText(all: string, at: number): Promise<number | undefined> {
    let end = positionOf(all, at, '<');
    if (end === all.length) {
      // a reference may be cut in two
      const tail = all.slice(Math.max(all.length - LONGEST_REFERENCE, at));
      const cut = tail.lastIndexOf('&');
      if (cut >= 0 && !tail.includes(';', cut)) end = all.length - tail.length + cut;
      if (end === at) return undefined;
    }
    await this.#handler.content(all.slice(at, end).replace(BLANK_REFERENCES, '\n'));
    return end;
  }

  #attributeRead(name: string, value: string): void {
    this.#attributes += 1;
    if (this.#attributes > this.#limits.attributesPerElement) this.#exceeded('attributesPerElement');
    this.#named(name);
    this.#counted(value);
  }

  #named(name: string): void {
    if (name.length > this.#limits.nameCharacters) this.#exceeded('nameCharacters');
    this.#counted(name);
  }

  /** @throws LimitExceeded for a text that cannot be kept, or composed, at a sensible cost */
  #counted(text: string): void {
    this.#textCharacters += text.length;
    if (this.#textCharacters > this.#limits.textCharacters) this.#exceeded('textCharacters');
    if (textFault(text) === 'too-many-marks') throw LimitExceeded({ limit: 'marksInARow', value: MAX_MARKS_IN_A_ROW });
  }

  #opened(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#open.push(name);
    this.#hasRoot = true;
    this.#tokenCharacters = 0;
    this.#elements += 1;
    this.#attributes = 0;
    this.#named(name);
    if (this.#open.length > this.#limits.depth) this.#exceeded('depth');
    if (this.#elements > this.#limits.elements) this.#exceeded('elements');
    this.#handler.open(detached(name), detachedAll(attributes));
  }

  #textRead(text: string): void {
    this.#tokenCharacters = 0;
    this.#counted(text);
    this.#handler.text(this.#handler.isContent ? text : detached(text));
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

/**
 * A copy of a text. What is cut out of a larger text keeps all of that in memory: with it, elements between large attachments
 * would keep the attachments.
 */
const detached = (text: string): string =>
  text.length < SHORTEST_SLICE ? text : Buffer.from(text, 'utf16le').toString('utf16le');
const NO_ATTRIBUTES: Readonly<Record<string, string>> = Object.freeze({});

function detachedAll(attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const entries = Object.entries(attributes);
  if (entries.length === 0) return NO_ATTRIBUTES;
  return Object.fromEntries(entries.map(([name, value]) => [detached(name), detached(value)]));
}
/** Shorter texts are copied by the engine itself. */
const SHORTEST_SLICE = 13;

/** Position of a character from `from` on; the end of the text when it is not there. */
function positionOf(text: string, from: number, character: string): number {
  const found = text.indexOf(character, from);
  return found < 0 ? text.length : found;
}
