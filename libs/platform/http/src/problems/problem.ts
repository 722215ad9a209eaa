import { HttpException } from '@nestjs/common';
import { causes, isBadValue, isOutage } from '@qlvb/platform-faults';
import { declaredProblems, DomainError } from '@qlvb/shared-domain';
import type { ProblemDeclaration, ProblemFactory, ProblemKind } from '@qlvb/shared-domain';
import {
  BodyTooLarge,
  HeadersTooLarge,
  MediaTypeUnsupported,
  ownStatus,
  PathTooLong,
  RequestMalformed,
  RequestTimeout,
  RouteNotFound,
  ServiceBusy,
  Unexpected,
} from './http.problems.ts';
import type { Language } from '../answer/language.ts';

const STATUS: Readonly<Record<ProblemKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  timeout: 408,
  conflict: 409,
  'precondition-failed': 412,
  'too-large': 413,
  'unsupported-media-type': 415,
  unprocessable: 422,
  misdirected: 421,
  locked: 423,
  'precondition-required': 428,
  'too-many-requests': 429,
  internal: 500,
  unavailable: 503,
};

export const PROBLEM_MEDIA_TYPE = 'application/problem+json; charset=utf-8';

/** RFC 9457 members plus ours. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly traceId: string;
  /** Rule of law that was broken. */
  readonly source?: string;
  readonly errors?: readonly { readonly pointer: string; readonly code: string; readonly detail: string }[];
}

export const statusOf = (declaration: ProblemDeclaration): number =>
  ownStatus(declaration.code) ?? STATUS[declaration.kind];

export const problemType = (code: string): string => `urn:qlvb:problem:${code}`;

export function renderProblem(
  error: DomainError,
  about: { readonly language: Language; readonly requestId: string; readonly traceId: string },
): Problem {
  const { declaration } = error;
  return {
    type: problemType(declaration.code),
    title: declaration.title[about.language],
    status: statusOf(declaration),
    detail: error.detail(about.language),
    instance: `urn:qlvb:request:${about.requestId}`,
    code: declaration.code,
    traceId: about.traceId,
    ...(declaration.source === undefined ? {} : { source: declaration.source }),
    ...(error.faults.length === 0
      ? {}
      : { errors: error.faults.slice(0, 100).map((fault) => ({ ...fault, detail: fault.detail[about.language] })) }),
  };
}

const BY_STATUS: Readonly<Record<number, ProblemFactory>> = {
  404: RouteNotFound,
  408: RequestTimeout,
  413: BodyTooLarge,
  414: PathTooLong,
  415: MediaTypeUnsupported,
  431: HeadersTooLarge,
  503: ServiceBusy,
};

/**
 * Whatever was thrown, as a problem: errors of the framework by their status, an outage of what the service needs as
 * `http.service-unavailable`, everything unknown as `http.unexpected`.
 */
export function toProblem(thrown: unknown): DomainError {
  if (thrown instanceof DomainError) return thrown;
  const status =
    thrown instanceof HttpException ? thrown.getStatus() : (thrown as { statusCode?: unknown } | undefined)?.statusCode;
  if (typeof status !== 'number' || status < 400 || status >= 600) {
    const chain = [...causes(thrown)];
    // A cursor or a date that nobody made here: the caller's, though only the database saw it.
    if (chain.some(isBadValue)) return RequestMalformed({}, { cause: thrown });
    return (chain.some(isOutage) ? ServiceBusy : Unexpected)({}, { cause: thrown });
  }
  const factory = BY_STATUS[status] ?? (status < 500 ? RequestMalformed : Unexpected);
  return factory({ limit: '?', accepted: '?' }, { cause: thrown });
}

/** One row of the problem catalogue. */
export interface CatalogueEntry extends ProblemDeclaration {
  readonly type: string;
  readonly status: number;
}

/** Every problem that the loaded modules declare, sorted by code. */
export const problemCatalogue = (): CatalogueEntry[] =>
  declaredProblems().map((declaration) => ({
    ...declaration,
    type: problemType(declaration.code),
    status: statusOf(declaration),
  }));
