import { Catch, Inject } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { currentContext } from '@qlvb/platform-context';
import { causes, isBadValue } from '@qlvb/platform-faults';
import { traceIdOf } from '@qlvb/platform-observability';
import type { Logger } from '@qlvb/platform-observability';
import { DomainError } from '@qlvb/shared-domain';
import { BodyTimeout, MethodNotAllowed, RangeNotSatisfiable, RouteNotFound } from './http.problems.ts';
import { LOGGER } from '../server/tokens.ts';
import { allowedMethods } from '../server/known-routes.ts';
import { preferredLanguage } from '../answer/language.ts';
import { noteProblem } from '../operation/request-scope.ts';
import { hasLargeUnreadBody, lingering } from '../input/request-body.ts';
import { PROBLEM_MEDIA_TYPE, renderProblem, toProblem } from './problem.ts';

/**
 * Turns whatever a request ended with into an RFC 9457 problem. What is not a problem of ours shows nothing but a trace
 * id; the log has the cause.
 *
 * @source SEC-E01
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    await this.answer(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** For errors that happen before there is a route, too. */
  async answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply, beforeRouting = false): Promise<void> {
    const error =
      request.is404 && !beforeRouting && !(thrown instanceof DomainError)
        ? this.#unknownRoute(request, reply)
        : toProblem(thrown);
    const context = currentContext();
    const problem = renderProblem(error, {
      language: context?.language ?? preferredLanguage(request.headers['accept-language']),
      requestId: context?.requestId ?? request.id,
      traceId: traceIdOf(context?.traceparent) ?? request.id,
    });
    if (problem.status >= 500) this.logger.error({ err: thrown, code: problem.code }, 'request failed');
    else if ([...causes(thrown)].some(isBadValue)) {
      this.logger.warn({ err: thrown, code: problem.code }, 'a value got as far as the database');
    }
    noteProblem(request, problem.code);
    if (BodyTimeout.is(error)) {
      reply.header('connection', 'close');
    }
    if (reply.sent || reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    for (const name of ['content-length', 'content-disposition', 'content-range', 'accept-ranges', 'etag']) {
      reply.removeHeader(name);
    }
    reply.code(problem.status).header('content-type', PROBLEM_MEDIA_TYPE);
    if (RangeNotSatisfiable.is(error)) reply.header('content-range', `bytes */${String(error.params['size'])}`);
    if (problem.status === 401) reply.header('www-authenticate', challenge(problem.code));
    if (problem.status === 503) reply.header('retry-after', '5');
    if (problem.code === 'idempotency.in-flight') reply.header('retry-after', '1');
    const body = JSON.stringify(problem);
    if (BodyTimeout.is(error) || !hasLargeUnreadBody(request.raw)) {
      void reply.send(body);
      return;
    }
    reply.header('connection', 'close').header('content-length', Buffer.byteLength(body));
    void reply.send(lingering(request.raw, body));
  }

  #unknownRoute(request: FastifyRequest, reply: FastifyReply): DomainError {
    const allow = allowedMethods(request.server, request.url);
    if (allow.length === 0) return RouteNotFound();
    reply.header('allow', allow.join(', '));
    return MethodNotAllowed({ allow: allow.join(', ') });
  }
}

const challenge = (code: string): string =>
  code === 'auth.token-missing' ? 'Bearer realm="qlvb"' : 'Bearer realm="qlvb", error="invalid_token"';
