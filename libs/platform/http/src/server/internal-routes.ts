import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Logger, Metrics } from '@qlvb/platform-observability';
import type { Health, HealthReport } from './health.ts';
import type { Shutdown } from './shutdown.ts';

export interface InternalRoutesOptions {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: () => Health;
  readonly shutdown: () => Shutdown;
  readonly openApi: () => object;
}

/**
 * What operators, the launcher and the gateway ask a service, below `/-/`: the gateway passes on `/api/` only, and shows its
 * own to inner networks alone, so none of this is reachable from outside.
 */
export function addInternalRoutes(server: FastifyInstance, options: InternalRoutesOptions): void {
  const { logger, metrics, health, shutdown, openApi } = options;
  const send = (reply: FastifyReply, report: HealthReport): FastifyReply =>
    reply
      .code(report.healthy ? 200 : 503)
      .header('content-type', 'application/json; charset=utf-8')
      .send(JSON.stringify({ status: report.healthy ? 'ok' : 'failed', checks: report.checks }));
  server.get('/-/live', async (_request, reply) => send(reply, await health().checkProgress(logger)));
  server.get('/-/ready', async (_request, reply) => {
    if (shutdown().begun) return send(reply, { healthy: false, checks: { shutdown: 'failed' } });
    return send(reply, await health().checkReadiness(logger));
  });
  server.get('/-/metrics', async (_request, reply) =>
    reply.header('content-type', metrics.registry.contentType).send(await metrics.text()),
  );
  server.get('/-/openapi.json', (_request, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(openApi())),
  );
}
