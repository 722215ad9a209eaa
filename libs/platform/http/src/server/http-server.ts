import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { fastify } from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { newId } from '@qlvb/shared-domain';
import { currentContext, runInContext } from '@qlvb/platform-context';
import { continueTrace } from '@qlvb/platform-observability';
import type { Logger, Metrics } from '@qlvb/platform-observability';
import { HeadersTooLarge, RequestMalformed, RequestTimeout } from '../problems/http.problems.ts';
import { rememberRoutes } from './known-routes.ts';
import type { HttpLimits } from './limits.ts';
import { PROBLEM_MEDIA_TYPE, renderProblem } from '../problems/problem.ts';
import { ProblemFilter } from '../problems/problem.filter.ts';
import { contextOf, keepScope, scopeOf } from '../operation/request-scope.ts';

export interface HttpServerOptions {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly limits: HttpLimits;
  /** Addresses or networks whose X-Forwarded-For is believed: the gateway's. */
  readonly trustedProxies?: readonly string[];
}

/**
 * The Fastify server of a service: bounded in every direction, no body parser of its own (an operation reads its body
 * itself, after the caller was authorised), every request inside its context, every error a problem.
 */
export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const { logger, metrics, limits, trustedProxies = [] } = options;
  const problems = new ProblemFilter(logger);
  const server = fastify({
    logger: false,
    exposeHeadRoutes: true,
    requestIdHeader: false,
    genReqId: () => newId(),
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    keepAliveTimeout: limits.keepAliveMs,
    connectionTimeout: limits.silenceMs,
    requestTimeout: limits.uploadTimeoutMs,
    bodyLimit: limits.bodyBytes,
    return503OnClosing: false,
    routerOptions: {
      maxParamLength: limits.pathParameterLength,
      // Operations read the query themselves, by their schema.
      querystringParser: () => ({}),
    },
    http: {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersTimeoutMs,
      connectionsCheckingInterval: 1_000,
      requireHostHeader: false,
    },
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, socket, logger),
    frameworkErrors: (error, request, reply) => {
      runInContext(contextOf(request.raw, request.id), () => {
        setCommonHeaders(reply);
        void problems.answer(error, request, reply, true);
      });
    },
  });
  server.server.maxConnections = limits.connections;
  // Node would answer 417 without a word; an expectation that nobody knows may be passed over (RFC 9110 10.1.1).
  server.server.on('checkExpectation', (request, response) => server.server.emit('request', request, response));
  rememberRoutes(server);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, _payload, done) => done(null));
  server.addHook('onRequest', (request, reply, done) => {
    const context = contextOf(request.raw, request.id);
    keepScope(request, context);
    runInContext(context, () => {
      metrics.requestStarted();
      // Read now: at the end of a request whose body was passed on, the socket may be gone.
      const client = request.ip;
      // Not Fastify's own hook: answers that go around it, and callers that hang up, are to be counted too.
      reply.raw.once('close', () => requestEnded(request, reply, client, { logger, metrics }));
      setCommonHeaders(reply);
      const { host } = request.headers;
      done(host === undefined || host === '' ? RequestMalformed() : undefined);
    });
  });
  return server;
}

function setCommonHeaders(reply: FastifyReply): void {
  reply.header('x-request-id', currentContext()?.requestId ?? '');
  reply.header('x-content-type-options', 'nosniff');
  reply.header('cache-control', 'no-store');
  reply.header('referrer-policy', 'no-referrer');
  reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  reply.header('cross-origin-resource-policy', 'same-origin');
}

function requestEnded(
  request: FastifyRequest,
  reply: FastifyReply,
  client: string,
  { logger, metrics }: Pick<HttpServerOptions, 'logger' | 'metrics'>,
): void {
  const route = request.routeOptions.url ?? 'unknown';
  const status = reply.raw.statusCode;
  metrics.requestEnded({ method: request.method, route, status, seconds: reply.elapsedTime / 1000 });
  const scope = scopeOf(request);
  if (scope)
    runInContext(scope.context, () => logRequest(logger, request, reply, { route, client, code: scope.problem }));
}

/** Without the query, which may hold what somebody searched for. */
function logRequest(
  logger: Logger,
  request: FastifyRequest,
  reply: FastifyReply,
  { route, client, code }: { readonly route: string; readonly client: string; readonly code: string | undefined },
): void {
  const internal = route.startsWith('/-/');
  const durationMs = Math.round(reply.elapsedTime * 10) / 10;
  const path = request.url.split('?')[0]?.slice(0, 300);
  const line = {
    method: request.method,
    route,
    path,
    status: reply.raw.statusCode,
    code,
    client,
    durationMs,
  };
  logger[internal ? 'debug' : 'info'](line, 'request');
}

/** Errors of the HTTP parser reach no route; the answer is written to the socket by hand. */
function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket, logger: Logger): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const factory =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? HeadersTooLarge
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? RequestTimeout
        : RequestMalformed;
  const requestId = newId();
  const problem = renderProblem(factory(), { language: 'vi', requestId, traceId: continueTrace().traceId });
  logger.debug({ code: problem.code, reason: error.code, requestId }, 'broken request');
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `Content-Type: ${PROBLEM_MEDIA_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'X-Content-Type-Options: nosniff',
    'Cache-Control: no-store',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
