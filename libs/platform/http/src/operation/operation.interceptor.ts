import { Inject, Injectable, Optional } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom } from 'rxjs';
import type { Observable } from 'rxjs';
import { currentContext } from '@qlvb/platform-context';
import type { RequestContext, StoredResponse } from '@qlvb/platform-context';
import type { Logger } from '@qlvb/platform-observability';
import { entityTags, sendDownload } from '../answer/download.ts';
import type { Download } from '../answer/download.ts';
import { entityTag, versionOf } from './entity-tag.ts';
import { HandlingTimeout } from '../problems/http.problems.ts';
import { fingerprint, readIdempotencyKey } from './idempotency.ts';
import { FINGERPRINT_KEY, HTTP_LIMITS, LOGGER } from '../server/tokens.ts';
import type { HttpLimits } from '../server/limits.ts';
import { operationOf, setInput } from './operation.decorator.ts';
import { successStatus } from './operation.ts';
import type { AnyInput, OperationSpec } from './operation.ts';
import { readInput } from '../input/operation-input.ts';
import { withoutSecrets } from '../input/secret-text.ts';
import { sendEvents } from '../answer/server-sent-events.ts';
import type { ServerEvent } from '../answer/server-sent-events.ts';
import { Shutdown } from '../server/shutdown.ts';

/** Carries out an operation's declaration around its handler: input in, exact answer out. */
@Injectable()
export class OperationInterceptor implements NestInterceptor {
  readonly #fingerprintKey: Buffer | undefined;

  constructor(
    @Inject(HTTP_LIMITS) private readonly limits: HttpLimits,
    @Inject(Shutdown) private readonly shutdown: Shutdown,
    @Inject(LOGGER) private readonly logger: Logger,
    @Optional() @Inject(FINGERPRINT_KEY) fingerprintKey?: Buffer,
  ) {
    this.#fingerprintKey = fingerprintKey;
  }

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const spec = execution.getType() === 'http' ? operationOf(execution.getHandler()) : undefined;
    if (!spec) return next.handle();
    const http = execution.switchToHttp();
    return from(this.#run(spec, http.getRequest(), http.getResponse(), next));
  }

  async #run(spec: OperationSpec, request: FastifyRequest, reply: FastifyReply, next: CallHandler): Promise<void> {
    const context = currentContext();
    if (!context) throw new Error('the request runs outside a request context');
    const gone = new AbortController();
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) gone.abort();
    });
    const key = spec.idempotent && readIdempotencyKey(request.headers['idempotency-key']);
    const signal = spec.events ? AbortSignal.any([gone.signal, this.shutdown.signal]) : gone.signal;
    const input = await readInput(spec, request, this.limits, context.actor, signal);
    if (key) {
      context.idempotency = {
        key,
        fingerprint: () => fingerprintOf(request, context, input, this.#fingerprintKey),
        serialise: (result) => serialise(spec, result),
      };
    }
    setInput(request, input);
    try {
      const result: unknown = await this.#handle(spec, next, gone);
      if (key && !context.idempotency?.answer) {
        this.logger.warn({ operation: `${spec.method} ${spec.path}` }, 'idempotent operation stored no answer');
      }
      await send(spec, request, reply, context, result, signal);
    } catch (error) {
      // On a repetition the command gives no result, and code behind it may stumble over that: the stored answer stands.
      if (!context.idempotency?.answer?.replayed) throw error;
      await sendStored(reply, context.idempotency.answer);
    } finally {
      input.upload?.stream.destroy();
    }
  }

  async #handle(spec: OperationSpec, next: CallHandler, gone: AbortController): Promise<unknown> {
    const work = lastValueFrom(next.handle(), { defaultValue: undefined });
    const limit = spec.timeoutMs ?? (spec.upload ? undefined : this.limits.handlingTimeoutMs);
    if (limit === undefined) return work;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        gone.abort();
        reject(HandlingTimeout());
      }, limit);
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
      // When time is up first, the handler's own late failure has been answered for already.
      work.catch(() => undefined);
    }
  }
}

function fingerprintOf(
  request: FastifyRequest,
  context: RequestContext,
  input: AnyInput,
  secret: Buffer | undefined,
): string {
  const upload = input.upload && [input.upload.mediaType, input.upload.sha256()];
  return fingerprint(
    {
      method: request.method,
      url: request.url,
      userId: context.actor?.userId ?? '',
      body: upload ?? input.body,
    },
    secret,
  );
}

/**
 * The exact answer for a result: only what the response schema declares leaves the service.
 *
 * @throws Error when the result does not fit the declaration, which is a fault of ours
 * @source SEC-I03
 */
export function serialise(spec: OperationSpec, result: unknown): StoredResponse {
  const status = successStatus(spec);
  if (!spec.response?.schema) return { status, body: '' };
  const checked = spec.response.schema.safeParse(result);
  if (!checked.success) {
    const where = checked.error.issues.map((issue) => `/${issue.path.join('/')}: ${issue.message}`).join('; ');
    throw new Error(`the answer of ${spec.method} ${spec.path} breaks its declaration: ${where}`);
  }
  const version = spec.etag && versionOf(checked.data);
  const body = JSON.stringify(checked.data);
  const kept = spec.idempotent && JSON.stringify(withoutSecrets(spec.response.schema, checked.data));
  return {
    status,
    body,
    ...(kept === undefined || kept === body ? {} : { kept }),
    ...(version === undefined ? {} : { etag: entityTag(version) }),
  };
}

async function send(
  spec: OperationSpec,
  request: FastifyRequest,
  reply: FastifyReply,
  context: RequestContext,
  result: unknown,
  signal: AbortSignal,
): Promise<void> {
  if (spec.download) return sendDownload(request, reply, result as Download);
  if (spec.events) return sendEvents(reply, result as AsyncIterable<ServerEvent>, signal);
  const answer = context.idempotency?.answer ?? serialise(spec, result);
  if (spec.cached && answer.etag !== undefined) {
    reply.header('cache-control', 'private, no-cache');
    if (entityTags(request.headers['if-none-match']).includes(answer.etag)) {
      await reply.code(304).header('etag', answer.etag).send();
      return;
    }
  }
  return sendStored(reply, answer);
}

async function sendStored(
  reply: FastifyReply,
  answer: StoredResponse & { readonly replayed?: boolean },
): Promise<void> {
  reply.code(answer.status);
  if (answer.etag !== undefined) reply.header('etag', answer.etag);
  if (answer.replayed) reply.header('idempotency-replayed', 'true');
  if (answer.body === '') {
    await reply.send();
    return;
  }
  reply.header('content-type', 'application/json; charset=utf-8');
  await reply.send(answer.body);
}
