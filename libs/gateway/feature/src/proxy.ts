import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { lingering } from '@qlvb/platform-http';
import { outgoingHeaders } from '@qlvb/platform-observability';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Pool } from 'undici';
import { hasBody, passedOn } from './headers.ts';
import { ServiceUnavailable } from './gateway.problems.ts';
import { GATEWAY_SETTINGS } from './gateway.settings.ts';
import type { GatewaySettings } from './gateway.settings.ts';
import type { ServiceName } from './routes.ts';

/** To one service. Each slow upload, and each reader of a live stream, holds one: more than a few accounts may have open. */
const CONNECTIONS = 1_000;

/** Passes requests to services and their answers back, both as streams. */
@Injectable()
export class Proxy implements OnApplicationShutdown {
  readonly #pools: Readonly<Record<ServiceName, Pool>>;

  constructor(@Inject(GATEWAY_SETTINGS) settings: GatewaySettings) {
    const pool = (url: string): Pool =>
      new Pool(new URL(url).origin, {
        connections: CONNECTIONS,
        pipelining: 1,
        connect: { timeout: 2000 },
        headersTimeout: settings.upstreamTimeoutMs,
        bodyTimeout: settings.upstreamTimeoutMs,
        keepAliveTimeout: 4000,
      });
    this.#pools = {
      identity: pool(settings.identityUrl),
      documents: pool(settings.documentsUrl),
      workflow: pool(settings.workflowUrl),
      signature: pool(settings.signatureUrl),
      exchange: pool(settings.exchangeUrl),
      archive: pool(settings.archiveUrl),
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(Object.values(this.#pools).map((pool) => pool.close()));
  }

  /** @throws ServiceUnavailable when the service does not answer at all */
  async pass(service: ServiceName, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { method, raw } = request;
    const abort = new AbortController();
    // Every answer ends with a close; only one that was cut off is a reason to give up on the service's side.
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) abort.abort();
    });
    try {
      const answer = await this.#pools[service].request({
        method: method as 'GET',
        path: raw.url ?? '/',
        headers: this.#headers(raw.headers, request.ip, request.protocol),
        body: hasBody(raw) ? bodyOf(raw) : null,
        signal: abort.signal,
      });
      reply.code(answer.statusCode);
      for (const [name, value] of passedOn(answer.headers)) reply.header(name, value);
      // Refused before the whole body came: a caller that is still sending must not miss the answer.
      if (!raw.complete && answer.statusCode >= 400) {
        raw.unpipe();
        return reply.header('connection', 'close').send(lingering(raw, answer.body));
      }
      return reply.send(answer.body);
    } catch (error) {
      if (abort.signal.aborted) return reply;
      throw ServiceUnavailable({ service }, { cause: error });
    }
  }

  #headers(given: IncomingHttpHeaders, client: string, protocol: string): Record<string, string | string[]> {
    return {
      ...Object.fromEntries(passedOn(given)),
      ...outgoingHeaders(),
      'x-forwarded-for': client,
      'x-forwarded-proto': protocol,
      'x-forwarded-host': given.host ?? '',
    };
  }
}

/** The body of a request as a stream of its own: when the service is done with it early, the caller's connection stays. */
function bodyOf(raw: IncomingMessage): PassThrough {
  const body = new PassThrough();
  // Whoever waits for the answer is told what went wrong; the stream's own report of it has nobody to go to.
  body.on('error', () => body.destroy());
  raw.pipe(body);
  raw.once('close', () => {
    if (!raw.complete) body.destroy(new Error('the caller is gone'));
  });
  return body;
}
