/** What went wrong, in the terms of the domain; only the HTTP edge knows status codes. */
export type ProblemKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'precondition-failed'
  | 'precondition-required'
  | 'too-large'
  | 'unsupported-media-type'
  | 'unprocessable'
  | 'misdirected'
  | 'locked'
  | 'too-many-requests'
  | 'timeout'
  | 'unavailable'
  | 'internal';

export interface Bilingual {
  readonly vi: string;
  readonly en: string;
}

export type ProblemParam = string | number | boolean | Bilingual | readonly Bilingual[];

/**
 * What fills the places of a text. Days and instants are written as people write them. What stands for a code (an act, a
 * state, a reason) is given as its label, so that no code and no second language gets into a text.
 */
export interface ProblemParams extends Readonly<Record<string, ProblemParam | undefined>> {
  readonly act?: Bilingual;
  readonly by?: Bilingual;
  readonly competence?: Bilingual;
  readonly part?: Bilingual;
  readonly reason?: Bilingual;
  readonly role?: Bilingual;
  readonly state?: Bilingual;
  readonly task?: Bilingual;
  readonly checks?: readonly Bilingual[];
  readonly doubts?: readonly Bilingual[];
  readonly faults?: readonly Bilingual[];
  readonly fields?: readonly Bilingual[];
  readonly grounds?: readonly Bilingual[];
  readonly missing?: readonly Bilingual[];
  readonly reasons?: readonly Bilingual[];
  /** The row meant, for the log alone: no text has a place for it. */
  readonly id?: string;
  /** What is wrong with a format, in technical English; only English texts have a place for it. */
  readonly fault?: string;
}

/**
 * An RFC 6901 JSON pointer into what was given: a request, by its parts, or a package that is to be written for the exchange. In one
 * form for every problem, so that a client finds the field it means.
 */
export type FaultPointer = `/${'path' | 'query' | 'headers' | 'body' | 'package'}${'' | `/${string}`}`;

/** One fault of an input. */
export interface InputFault {
  readonly pointer: FaultPointer;
  readonly code: string;
  readonly detail: Bilingual;
}

export interface ProblemDeclaration {
  /** Stable, `<service or library>.<kebab-case>`; never reused for another meaning. */
  readonly code: string;
  readonly kind: ProblemKind;
  /** Id of the rule of law that was broken. */
  readonly source?: string;
  readonly title: Bilingual;
  /** May hold `{name}` placeholders filled from the parameters. */
  readonly detail: Bilingual;
}

export class DomainError extends Error {
  readonly declaration: ProblemDeclaration;
  readonly params: ProblemParams;
  readonly faults: readonly InputFault[];

  constructor(
    declaration: ProblemDeclaration,
    params: ProblemParams,
    options?: { cause?: unknown; faults?: readonly InputFault[] },
  ) {
    const about = params.id === undefined ? '' : ` [${params.id}]`;
    super(`${declaration.code}: ${fill(declaration.detail.en, params, 'en')}${about}`, { cause: options?.cause });
    this.name = 'DomainError';
    this.declaration = declaration;
    this.params = params;
    this.faults = options?.faults ?? [];
  }

  get code(): string {
    return this.declaration.code;
  }

  get kind(): ProblemKind {
    return this.declaration.kind;
  }

  detail(language: keyof Bilingual): string {
    return fill(this.declaration.detail[language], this.params, language);
  }
}

export interface ProblemFactory {
  (params?: ProblemParams, options?: { cause?: unknown; faults?: readonly InputFault[] }): DomainError;
  readonly declaration: ProblemDeclaration;
  /** True when `error` is this problem. */
  is(error: unknown): error is DomainError;
}

const registry = new Map<string, ProblemDeclaration>();

/**
 * Declares a problem once: its code, kind, rule of law and texts. Calling the result makes the error to throw.
 *
 * @throws Error when two declarations share a code
 */
export function defineProblem(declaration: ProblemDeclaration): ProblemFactory {
  const known = registry.get(declaration.code);
  if (known && JSON.stringify(known) !== JSON.stringify(declaration)) {
    throw new Error(`problem code declared twice: ${declaration.code}`);
  }
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(declaration.code)) throw new Error(`bad problem code: ${declaration.code}`);
  registry.set(declaration.code, declaration);
  const factory = (
    params: ProblemParams = {},
    options?: { cause?: unknown; faults?: readonly InputFault[] },
  ): DomainError => new DomainError(declaration, params, options);
  return Object.assign(factory, {
    declaration,
    is: (error: unknown): error is DomainError => error instanceof DomainError && error.code === declaration.code,
  });
}

/** Every problem declared by the modules loaded so far, sorted by code. */
export function declaredProblems(): readonly ProblemDeclaration[] {
  return [...registry.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

function fill(text: string, params: ProblemParams, language: keyof Bilingual): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    return value === undefined ? whole : sayParam(value, language);
  });
}

function sayParam(value: ProblemParam, language: keyof Bilingual): string {
  if (typeof value === 'string') return sayTime(value);
  if (typeof value !== 'object') return String(value);
  return 'vi' in value ? value[language] : value.map((one) => one[language]).join(', ');
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/;

/** A day as dd/mm/yyyy, an instant as hh:mm dd/mm/yyyy of Vietnam; any other text as it is. */
export function sayTime(text: string): string {
  if (!INSTANT.test(text)) return text.replace(DAY, '$3/$2/$1');
  const local = new Date(Date.parse(text) + 7 * 3_600_000).toISOString();
  return `${local.slice(11, 16)} ${sayTime(local.slice(0, 10))}`;
}
