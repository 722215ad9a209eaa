import type { CalendarDate } from '@qlvb/vietnam';
import { finding } from '../package/findings.ts';
import type { Finding, FindingCode } from '../package/findings.ts';
import { FIELD_LIMITS } from '../package/field-limits.ts';
import type { LimitedField } from '../package/field-limits.ts';
import type { ReadLimits } from '../package/limits.ts';
import { childrenOf } from '../xml/element.ts';
import type { Element } from '../xml/element.ts';
import { onlyOne, says } from './only-one.ts';
import { readDate, readFlag, readInstant, readInteger, valueOf } from './values.ts';

/** What one reading knows and collects. */
export class Reading {
  readonly now: Date;
  readonly #findings: Finding[] = [];
  readonly #counts = new Map<FindingCode, number>();
  readonly #once = new Set<string>();
  readonly #findingsPerCode: number;

  constructor(now: Date, { findingsPerCode }: Pick<ReadLimits, 'findingsPerCode'>) {
    this.now = now;
    this.#findingsPerCode = findingsPerCode;
  }

  /** What was noted; of a code that came too often, the first ones and how many followed. */
  get findings(): readonly Finding[] {
    const omitted = [...this.#counts].filter(([, count]) => count > this.#findingsPerCode);
    return [
      ...this.#findings,
      ...omitted.map(([code, count]) =>
        finding('findings-omitted', undefined, `${code}: ${count - this.#findingsPerCode}`),
      ),
    ];
  }

  note(code: FindingCode, path?: string, value?: string): void {
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count <= this.#findingsPerCode) this.#findings.push(finding(code, path, value));
  }

  /** For what would be said of every second element. */
  noteOnce(code: FindingCode, path?: string, value?: string): void {
    const key = `${code} ${path ?? ''} ${value ?? ''}`;
    if (this.#once.has(key)) return;
    // values are the sender's: what is not kept is not remembered either
    if ((this.#counts.get(code) ?? 0) < this.#findingsPerCode) this.#once.add(key);
    this.note(code, path, value);
  }
}

interface FieldOptions {
  /** Other names of the element in use. */
  readonly alias?: readonly string[];
  /** Other elements, from which the value is taken where there is none; beside it they may say something of their own. */
  readonly otherwise?: readonly string[];
  readonly isRequired?: boolean;
  readonly limit?: LimitedField;
}

/**
 * Children of one group, by name in any order. Every peculiarity of a value becomes a finding with the path of the element. What is
 * asked for as one is one: where several say different things, that is a finding, whatever the element.
 *
 * @source R5
 * @source D2
 * @source D7
 */
export class Group {
  readonly element: Element | undefined;
  readonly path: string;
  readonly reading: Reading;

  constructor(element: Element | undefined, path: string, reading: Reading) {
    this.element = element;
    this.path = path;
    this.reading = reading;
  }

  /** True when there is something in it at all: `<ResponseFor/>` and groups of empty elements stand for nothing. */
  get isPresent(): boolean {
    return this.element !== undefined && says(this.element);
  }

  /** The only group of a name. */
  group(name: string, ...alias: readonly string[]): Group {
    return new Group(this.#element(name, alias), this.#at(name), this.reading);
  }

  /** All groups of a name, for those that the standard lets repeat. */
  groups(name: string, ...alias: readonly string[]): Group[] {
    const elements = childrenOf(this.element, ...[name, ...alias].map((each) => each.toLowerCase()));
    return elements.map((element) => new Group(element, this.#at(name), this.reading));
  }

  /** What the only element of a name says. */
  text(name: string, { alias = [], otherwise = [], isRequired = false, limit }: FieldOptions = {}): string | undefined {
    const elements = [this.#element(name, alias), ...otherwise.map((other) => this.#element(other, []))];
    const element = elements.find((each) => each && says(each));
    const value = element && this.#value(element, this.#at(name), limit);
    if (value === undefined && isRequired) this.reading.note('value-missing', this.#at(name));
    return value;
  }

  /** All elements of a name that say something, for those that the standard lets repeat. */
  texts(name: string, limit?: LimitedField): string[] {
    return childrenOf(this.element, name.toLowerCase())
      .map((element) => this.#value(element, this.#at(name), limit))
      .filter((value) => value !== undefined);
  }

  date(name: string, options: FieldOptions = {}): CalendarDate | undefined {
    return this.#parsed(name, options, (text) => readDate(text, this.reading.now));
  }

  instant(name: string, options: FieldOptions = {}): Date | undefined {
    return this.#parsed(name, options, (text) => readInstant(text, this.reading.now));
  }

  integer(name: string, options: FieldOptions = {}): number | undefined {
    return this.#parsed(name, options, readInteger);
  }

  flag(name: string, options: FieldOptions = {}): boolean | undefined {
    return this.#parsed(name, options, readFlag);
  }

  #parsed<T>(name: string, options: FieldOptions, read: (text: string) => T | undefined): T | undefined {
    const text = this.text(name, options);
    if (text === undefined) return undefined;
    const value = read(text);
    if (value === undefined) this.reading.note('value-malformed', this.#at(name), text);
    return value;
  }

  #value(element: Element, path: string, limit: LimitedField | undefined): string | undefined {
    const value = valueOf(element.text);
    if (value === undefined) return undefined;
    if (value !== element.text.trim()) this.reading.noteOnce('text-recomposed', path);
    if (limit !== undefined && [...value].length > FIELD_LIMITS[limit]) this.reading.note('value-too-long', path);
    return value;
  }

  #element(name: string, alias: readonly string[]): Element | undefined {
    const names = [name, ...alias].map((each) => each.toLowerCase());
    const candidates = names.flatMap((each) => childrenOf(this.element, each));
    const found = onlyOne(candidates, this.#at(name), this.reading);
    if (found && found.name !== name.toLowerCase()) this.reading.noteOnce('alias-name', this.#at(name), found.written);
    return found;
  }

  #at(name: string): string {
    return `${this.path}.${name}`;
  }
}

/** An object without its undefined members: what a package did not say is not there. */
export function said<T extends object>(members: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}
