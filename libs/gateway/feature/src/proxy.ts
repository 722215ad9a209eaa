import type { IncomingHttpHeaders } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { outgoingHeaders } from '@qlvb/platform-observability';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Pool } from 'undici';
import { ServiceUnavailable } from './gateway.problems.ts';
import { GATEWAY_SETTINGS } from './gateway.settings.ts';
import type { GatewaySettings } from './gateway.settings.ts';
import type { ServiceName } from './routes.ts';

/** RFC 9110 7.6.1, and what only proxies of ours may say. @source DOM-21 */
const NOT_PASSED_ON = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'host',
  'expect',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-real-ip',
  'x-agency-id',
  'x-user-id',
  'x-request-id',
  'traceparent',
  'tracestate',
]);
const CONNECTIONS = 64;

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
    const bodiless = method === 'GET' || method === 'HEAD';
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
        body: bodiless ? null : raw,
        signal: abort.signal,
      });
      reply.code(answer.statusCode);
      for (const [name, value] of Object.entries(answer.headers)) {
        if (value !== undefined && !NOT_PASSED_ON.has(name)) reply.header(name, value);
      }
      return reply.send(answer.body);
    } catch (error) {
      if (abort.signal.aborted) return reply;
      throw ServiceUnavailable({ service }, { cause: error });
    }
  }

  #headers(given: IncomingHttpHeaders, client: string, protocol: string): Record<string, string | string[]> {
    const headers: Record<string, string | string[]> = {};
    for (const [name, value] of Object.entries(given)) {
      if (value !== undefined && !NOT_PASSED_ON.has(name)) headers[name] = value;
    }
    return {
      ...headers,
      ...outgoingHeaders(),
      'x-forwarded-for': client,
      'x-forwarded-proto': protocol,
      'x-forwarded-host': given.host ?? '',
    };
  }
}
