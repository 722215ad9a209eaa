import { SERVICE_NAMES } from '@qlvb/gateway-feature';
import type { ServiceName } from '@qlvb/gateway-feature';
import { Gate, SHARED } from './gate.ts';

const describing =
  (service: ServiceName, more: Record<string, unknown> = {}) =>
  (asked: { url?: string | undefined }, response: { end(text: string): void }): void => {
    response.end(
      JSON.stringify({
        openapi: '3.1.1',
        info: { title: service, version: '1' },
        tags: [{ name: service }],
        paths:
          asked.url === '/-/openapi.json'
            ? { [`/api/v1/${service}-things`]: { get: { tags: [service], responses: {} } } }
            : {},
        components: { examples: {}, schemas: { Problem: { type: 'object' }, [`Of${service}`]: { type: 'string' } } },
        ...more,
      }),
    );
  };

let gate: Gate;
beforeEach(async () => {
  gate = await Gate.open();
  for (const service of SERVICE_NAMES) gate.services[service].answers(describing(service));
});
afterEach(() => gate.close());

describe('the description of the whole', () => {
  it('is one document of all services, asked for once in a while', async () => {
    const answer = await gate.ask('/api/docs/openapi.json');
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    const merged = (await answer.body.json()) as {
      paths: Record<string, { get: { responses: Record<string, unknown> } }>;
      components: { schemas: Record<string, unknown> };
    };
    expect(Object.keys(merged.paths)).toEqual(SERVICE_NAMES.map((name) => `/api/v1/${name}-things`).sort());
    // What the gateway itself may answer stands at each operation.
    for (const { get } of Object.values(merged.paths)) {
      expect(Object.keys(get.responses).sort()).toEqual(['401', '403', '404', '429', '503']);
    }
    expect(Object.keys(merged.components.schemas)).toHaveLength(SERVICE_NAMES.length + 1);
    await gate.ask('/api/docs/openapi.json');
    expect(gate.services.archive.seen.filter(({ url }) => url === '/-/openapi.json')).toHaveLength(1);
  });

  it('needs all services: until they tell, it is not there, and says so', async () => {
    gate.services.archive.answers((_asked, response) => response.writeHead(500).end());
    expect(await gate.refusal('/api/docs/openapi.json')).toEqual([503, 'gateway.service-unavailable']);
    gate.services.archive.answers(describing('archive'));
    expect((await gate.ask('/api/docs/openapi.json')).statusCode).toBe(200);
  });

  it('is browsable without anything from another site', async () => {
    for (const path of ['/api/docs', '/api/docs/']) {
      const page = await gate.ask(path, { host: SHARED });
      expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(page.headers['content-security-policy']).toContain("default-src 'none'");
      const html = await page.body.text();
      const parts = [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, part = '']) => part);
      expect(parts).toHaveLength(3);
      for (const part of parts) {
        expect(part).toMatch(/^\/api\/docs\//);
        const answer = await gate.ask(part);
        expect([part, answer.statusCode]).toEqual([part, 200]);
        expect(answer.headers['content-type']).toMatch(/^text\/(css|javascript); charset=utf-8$/);
        expect((await answer.body.text()).length).toBeGreaterThan(50);
      }
    }
  });

  it.each([
    '/api/docs/constructor',
    '/api/docs/..',
    '/api/docs/../../package.json',
    '/api/docs/%2e%2e/package.json',
    '/api/docs/package.json',
    '/api/docs/swagger-ui.css/x',
    '/api/docsx',
  ])('has no part %s', async (path) => {
    const answer = await gate.raw(`GET ${path} HTTP/1.1\r\nHost: ${SHARED}\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer).toContain('application/problem+json');
  });
});
