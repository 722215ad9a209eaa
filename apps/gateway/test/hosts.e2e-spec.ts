import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '@qlvb/platform-service-testing';
import { idFrom } from '@qlvb/shared-domain';
import type { AgencyRecord } from '@qlvb/vietnam';
import {
  AGENCY,
  DOMAIN,
  Gate,
  HOST,
  hostsListener,
  HOSTS,
  officer,
  OTHER,
  OTHER_HOST,
  PROVINCE,
  SHARED,
  UNIT_BELOW,
} from './gate.ts';

const records = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'identity', 'seed', 'agencies.json'), 'utf8'),
) as AgencyRecord[];

let gate: Gate;
beforeAll(async () => {
  gate = await Gate.open();
});
afterEach(() => Object.values(gate.services).forEach((upstream) => upstream.usually()));
afterAll(() => gate.close());

describe('the host of a request', () => {
  it.each([HOST, HOST.toUpperCase(), `${HOST}.`, `${HOST}:8443`, `${HOST}.:8443`, SHARED, OTHER_HOST])(
    'DOM-20 %s is taken',
    async (host) => {
      expect((await gate.ask('/api/v1/jwks', { host })).statusCode).toBe(200);
    },
  );

  it.each([
    '127.0.0.1',
    '[::1]',
    DOMAIN,
    `qlvb${DOMAIN}`,
    `qlvb-.${DOMAIN}`,
    `qlvb-a.${DOMAIN}`,
    `qlvb-st_tt.${DOMAIN}`,
    `qlvb-st-tt.${DOMAIN}`,
    `qlvb-xn--stttt.${DOMAIN}`,
    `qlvb-${'a'.repeat(59)}.${DOMAIN}`,
    `a.${HOST}`,
    `${HOST}..`,
    `${HOST}:`,
    `${HOST}:http`,
    `${HOST}.evil.example`,
    `stttt.${DOMAIN}`,
    `qlvb-stttt.${DOMAIN}@evil.example`,
    `evil.example#.${HOST}`,
    `qlvb-%73tttt.${DOMAIN}`,
    `${HOST},${SHARED}`,
  ])('DOM-20 %s is malformed: 421, and says so', async (host) => {
    const answer = await gate.raw(`GET /api/v1/jwks HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    const [head = '', body] = answer.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 421 /);
    expect(JSON.parse(body ?? '')).toMatchObject({ status: 421, code: 'gateway.host-misdirected' });
    expect(gate.services.identity.seen).toEqual([]);
  });

  it.each([
    ['missing', ''],
    ['empty', 'Host:\r\n'],
    ['there twice', `Host: ${HOST}\r\nHost: ${OTHER_HOST}\r\n`],
    ['there twice alike', `Host: ${HOST}\r\nhost: ${HOST}\r\n`],
    ['broken over two lines', `Host: ${HOST}\r\n evil.example\r\n`],
  ])('DOM-20 that is %s is refused', async (_title, header) => {
    const answer = await gate.raw(`GET /api/v1/jwks HTTP/1.1\r\n${header}Connection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 (400|421) /);
    expect(gate.services.identity.seen).toEqual([]);
  });

  it('DOM-20 well-formed but nobody’s is unknown', async () => {
    expect(await gate.refusal('/api/v1/jwks', { host: `qlvb-hanoi.${DOMAIN}` })).toEqual([404, 'gateway.host-unknown']);
    expect(await gate.refusal('/api/docs', { host: `qlvb-hanoi.${DOMAIN}` })).toEqual([404, 'gateway.host-unknown']);
  });

  it('DOM-06 of the district Quảng Ninh is not that of the province of that name', async () => {
    const province = 'qlvb.quangninh.gov.vn';
    expect((await gate.ask('/api/v1/jwks', { host: province })).statusCode).toBe(421);
  });
});

describe('token and host', () => {
  it('DOM-08, DOM-23 an agency and those below it work under its host, and everybody under the shared one', async () => {
    for (const [agencyId, host] of [
      [AGENCY, HOST],
      [UNIT_BELOW, HOST],
      [OTHER, OTHER_HOST],
      [AGENCY, SHARED],
      [UNIT_BELOW, SHARED],
      [PROVINCE, SHARED],
    ] as const) {
      expect((await gate.ask('/api/v1/tasks', { host, as: { agencyId } })).statusCode).toBe(200);
    }
  });

  it.each([
    [OTHER, HOST, OTHER_HOST],
    [AGENCY, OTHER_HOST, HOST],
    [UNIT_BELOW, OTHER_HOST, HOST],
    [PROVINCE, HOST, SHARED],
    [idFrom('agency:nobody'), HOST, SHARED],
  ])('DOM-23 an agency elsewhere is refused and told its host', async (agencyId, host, right) => {
    const answer = await gate.ask('/api/v1/tasks', { host, as: { agencyId } });
    expect(answer.statusCode).toBe(403);
    expect(await answer.body.json()).toMatchObject({
      code: 'gateway.wrong-host',
      detail: expect.stringContaining(right) as string,
    });
    expect(gate.services.workflow.seen).toEqual([]);
  });

  it('DOM-23 says nothing of agencies before a login', async () => {
    expect((await gate.ask('/api/v1/auth/sessions', { method: 'POST', body: '{}', host: OTHER_HOST })).statusCode).toBe(
      200,
    );
  });
});

describe('the directory of hosts', () => {
  it('DOM-27 takes up an agency that identity tells of, and forgets one that is gone', async () => {
    const hosts = [...HOSTS];
    const other = await Gate.open({ QLVB_HOSTS_REFRESH_MS: '50' }, hosts);
    try {
      const label = `qlvb-scds.${DOMAIN}`;
      expect((await other.ask('/api/v1/jwks', { host: label })).statusCode).toBe(404);
      other.services.identity.answers(hostsListener(() => hosts));
      hosts.push({ label: 'scds', agencyIds: [idFrom('agency:H46.22')] });
      await until('the answer', async () => (await other.ask('/api/v1/jwks', { host: label })).statusCode === 200);
      hosts.pop();
      await until('the answer', async () => (await other.ask('/api/v1/jwks', { host: label })).statusCode === 404);
    } finally {
      await other.close();
    }
  });

  it.each([
    ['is down', undefined],
    ['answers 500', 500],
    ['answers nonsense', 200],
  ])('goes on with what it knew when identity %s', async (_title, status) => {
    const other = await Gate.open({ QLVB_HOSTS_REFRESH_MS: '50' });
    try {
      let asked = 0;
      other.services.identity.answers((_request, response) => {
        asked += 1;
        if (status === undefined) response.destroy();
        else response.writeHead(status).end('{"items":[]}');
      });
      await until('it is asked again', () => asked >= 2);
      expect((await other.ask('/api/v1/tasks', { as: officer })).statusCode).toBe(200);
    } finally {
      await other.close();
    }
  });

  it('DOM-07, DOM-08 article 8 of the regulation: every agency of the catalogue under the host that the catalogue names', async () => {
    const byHost = Map.groupBy(records, ({ subdomain }) => subdomain);
    const items = [...byHost].map(([host, agencies]) => ({
      label: /^qlvb-([a-z0-9]+)\./.exec(host)?.[1] ?? null,
      agencyIds: agencies.map(({ code }) => idFrom(`agency:${code}`)),
    }));
    const whole = await Gate.open({ QLVB_RATE_PER_MINUTE: '100000' }, items);
    try {
      expect(byHost.size).toBe(37);
      for (const { code, subdomain } of records) {
        const as = { agencyId: idFrom(`agency:${code}`) };
        expect([code, (await whole.ask('/api/v1/tasks', { host: subdomain, as })).statusCode]).toEqual([code, 200]);
      }
      const exceptions = ['qlvb-sngv', 'qlvb-ttt', 'qlvb-bqldagt', 'qlvb-dhqb'].map((label) => `${label}.${DOMAIN}`);
      for (const host of exceptions) expect([...byHost.keys()]).toContain(host);
    } finally {
      await whole.close();
    }
  });
});
