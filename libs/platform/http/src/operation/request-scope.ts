import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { RequestContext } from '@qlvb/platform-context';
import { continueTrace, formatTraceparent } from '@qlvb/platform-observability';
import { preferredLanguage } from '../answer/language.ts';

/** The context of a request from its headers; ids that are not well-formed are replaced, never echoed. */
export function contextOf(request: IncomingMessage, newRequestId: string): RequestContext {
  const { headers } = request;
  const requestId = headers['x-request-id'];
  const traceparent = headers['traceparent'];
  return {
    requestId: typeof requestId === 'string' && /^[\w.-]{8,64}$/.test(requestId) ? requestId : newRequestId,
    traceparent: formatTraceparent(continueTrace(typeof traceparent === 'string' ? traceparent : undefined)),
    language: preferredLanguage(headers['accept-language']),
  };
}

const scopes = new WeakMap<object, { readonly context: RequestContext; problem?: string }>();

/** Keeps the context for the hooks that run after the answer, outside of it. */
export function keepScope(request: FastifyRequest, context: RequestContext): void {
  scopes.set(request, { context });
}

export const scopeOf = (request: FastifyRequest): { readonly context: RequestContext; problem?: string } | undefined =>
  scopes.get(request);

/** Remembers the problem a request ended with, for its line in the log. */
export function noteProblem(request: FastifyRequest, code: string): void {
  const scope = scopes.get(request);
  if (scope) scope.problem = code;
}
