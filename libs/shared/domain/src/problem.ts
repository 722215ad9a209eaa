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

export type ProblemParams = Readonly<Record<string, string | number | boolean>>;

/** One fault of an input; `pointer` is an RFC 6901 JSON pointer into the request. */
export interface InputFault {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
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
    super(`${declaration.code}: ${fill(declaration.detail.en, params)}`, { cause: options?.cause });
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
    return fill(this.declaration.detail[language], this.params);
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

function fill(text: string, params: ProblemParams): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));
}
