import { Inject, Injectable, Module } from '@nestjs/common';
import type { DynamicModule, OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { LOGGER, ProblemFilter } from '@qlvb/platform-http';
import type { Logger } from '@qlvb/platform-observability';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiDocumentation } from './api-documentation.ts';
import { Gate } from './gate.ts';
import { ResourceNotFound } from './gateway.problems.ts';
import { GATEWAY_SETTINGS } from './gateway.settings.ts';
import type { GatewaySettings } from './gateway.settings.ts';
import { HostDirectory } from './host-directory.ts';
import { isFromInside } from './inside.ts';
import { Proxy } from './proxy.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

/** Registers what comes from outside on the server itself: a proxy needs the raw streams. */
@Injectable()
class GatewayRoutes implements OnModuleInit {
  readonly #problems: ProblemFilter;
  readonly #baseDomain: string;

  constructor(
    @Inject(HttpAdapterHost) private readonly adapter: HttpAdapterHost,
    @Inject(Gate) private readonly gate: Gate,
    @Inject(ApiDocumentation) private readonly documentation: ApiDocumentation,
    @Inject(LOGGER) logger: Logger,
    @Inject(GATEWAY_SETTINGS) settings: GatewaySettings,
  ) {
    this.#baseDomain = settings.baseDomain;
    this.#problems = new ProblemFilter(logger);
  }

  onModuleInit(): void {
    const server = this.adapter.httpAdapter.getInstance<FastifyInstance>();
    server.addHook('onRequest', async (request, reply) => {
      const internal = request.routeOptions.url?.startsWith('/-/') ?? false;
      if (internal && !isFromInside(request, this.#baseDomain)) {
        await this.#problems.answer(ResourceNotFound(), request, reply);
        return reply;
      }
      return undefined;
    });
    const answering =
      (handle: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>) =>
      async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
        try {
          return await handle(request, reply);
        } catch (error) {
          await this.#problems.answer(error, request, reply);
          return reply;
        }
      };
    server.route({
      method: [...METHODS],
      url: '/api/v1/*',
      handler: answering((request, reply) => this.gate.handle(request, reply)),
    });
    const docs = answering(async (request, reply) => {
      this.gate.scopeOf(request);
      const name = /^\/api\/docs\/?([a-z.-]*)$/.exec(request.raw.url?.split('?')[0] ?? '')?.[1];
      const part = name === undefined ? undefined : await this.documentation.part(name);
      if (!part) throw ResourceNotFound();
      return reply
        .header('content-type', part.mediaType)
        .header('content-security-policy', DOCS_POLICY)
        .send(part.content);
    });
    server.get('/api/docs', docs);
    server.get('/api/docs/*', docs);
  }
}

@Module({})
export class GatewayModule {
  static forRoot(settings: GatewaySettings): DynamicModule {
    return {
      module: GatewayModule,
      providers: [
        { provide: GATEWAY_SETTINGS, useValue: settings },
        ApiDocumentation,
        Gate,
        GatewayRoutes,
        HostDirectory,
        Proxy,
      ],
    };
  }
}
