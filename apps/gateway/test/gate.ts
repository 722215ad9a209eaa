import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { GatewayModule, SERVICE_NAMES } from '@qlvb/gateway-feature';
import type { ServiceName } from '@qlvb/gateway-feature';
import { startTestTokenIssuer } from '@qlvb/platform-auth-testing';
import type { TestTokenClaims, TestTokenIssuer } from '@qlvb/platform-auth-testing';
import { parseConfig } from '@qlvb/platform-config';
import { createLogger } from '@qlvb/platform-observability';
import { startService } from '@qlvb/platform-service';
import type { RunningService } from '@qlvb/platform-service';
import { until } from '@qlvb/platform-service-testing';
import { idFrom } from '@qlvb/shared-domain';
import { Agent, request } from 'undici';
import type { Dispatcher } from 'undici';
import { gatewayConfig } from '../src/gateway.config.ts';

export const DOMAIN = 'quangbinh.gov.vn';
export const SHARED = `qlvb.${DOMAIN}`;
export const HOST = `qlvb-stttt.${DOMAIN}`;
export const OTHER_HOST = `qlvb-snv.${DOMAIN}`;
export const PROVINCE = idFrom('agency:H46');
export const AGENCY = idFrom('agency:H46.11');
export const UNIT_BELOW = idFrom('agency:H46.11.01');
export const OTHER = idFrom('agency:H46.02');

/** A small service behind the gateway: it keeps what it was asked and answers as the test says. */
export class Upstream {
  readonly seen: IncomingMessage[] = [];
  /** Bodies of the requests in `seen` that were read by the usual answer. */
  readonly bodies: string[] = [];
  readonly #server: Server;
  #answer: RequestListener | undefined;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(port = 0): Promise<Upstream> {
    const server = createServer();
    const upstream = new Upstream(server);
    server.on('request', (asked: IncomingMessage, response: ServerResponse) => {
      upstream.seen.push(asked);
      (upstream.#answer ?? upstream.#usual)(asked, response);
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return upstream;
  }

  readonly #usual: RequestListener = (asked, response) => {
    const chunks: Buffer[] = [];
    asked.on('error', () => undefined);
    asked.on('data', (chunk: Buffer) => chunks.push(chunk));
    asked.on('end', () => {
      this.bodies.push(Buffer.concat(chunks).toString());
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ method: asked.method, url: asked.url }));
    });
  };

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get last(): IncomingMessage {
    const last = this.seen.at(-1);
    if (!last) throw new Error('nothing was asked');
    return last;
  }

  /** Answers otherwise until `usually`. */
  answers(listener: RequestListener): void {
    this.#answer = listener;
  }

  usually(): void {
    this.#answer = undefined;
    this.seen.length = 0;
    this.bodies.length = 0;
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}

/** What identity tells about hosts, and nothing else. */
export const hostsListener =
  (items: () => unknown): RequestListener =>
  (asked, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(asked.url === '/api/v1/hosts' ? { items: items() } : { url: asked.url }));
  };

export const HOSTS = [
  { label: null, agencyIds: [PROVINCE] },
  { label: 'stttt', agencyIds: [AGENCY, UNIT_BELOW] },
  { label: 'snv', agencyIds: [OTHER] },
];

export interface Ask {
  readonly host?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: unknown;
  /** Whose token goes with it. */
  readonly as?: TestTokenClaims;
  readonly signal?: AbortSignal;
}

/** The gateway on a real port before small services on real ports. */
export class Gate {
  readonly issuer: TestTokenIssuer;
  readonly services: Readonly<Record<ServiceName, Upstream>>;
  readonly log: string[];
  readonly service: RunningService;
  readonly #agent = new Agent({ pipelining: 1, keepAliveTimeout: 1000, bodyTimeout: 60_000 });

  private constructor(
    issuer: TestTokenIssuer,
    services: Readonly<Record<ServiceName, Upstream>>,
    service: RunningService,
    log: string[],
  ) {
    this.issuer = issuer;
    this.services = services;
    this.service = service;
    this.log = log;
  }

  static async open(environment: Readonly<Record<string, string>> = {}, hosts = HOSTS): Promise<Gate> {
    const issuer = await startTestTokenIssuer();
    const services = Object.fromEntries(
      await Promise.all(SERVICE_NAMES.map(async (name) => [name, await Upstream.start()] as const)),
    ) as Record<ServiceName, Upstream>;
    services.identity.answers(hostsListener(() => hosts));
    const log: string[] = [];
    const config = parseConfig(gatewayConfig, {
      ...issuer.environment,
      QLVB_BASE_DOMAIN: DOMAIN,
      QLVB_DRAIN_TIMEOUT_MS: '5000',
      ...Object.fromEntries(SERVICE_NAMES.map((name) => [`QLVB_${name.toUpperCase()}_URL`, services[name].url])),
      ...environment,
    });
    const service = await startService({
      name: 'gateway',
      module: GatewayModule.forRoot(config),
      config,
      logger: createLogger({ service: 'gateway', level: 'debug', write: (line) => log.push(line) }),
    });
    const gate = new Gate(issuer, services, service, log);
    await until('the gateway is ready', async () => (await fetch(`${service.url}/-/ready`)).ok || undefined);
    services.identity.usually();
    return gate;
  }

  async ask(path: string, { host = HOST, as, body, ...ask }: Ask = {}): Promise<Dispatcher.ResponseData> {
    return request(`${this.service.url}${path}`, {
      dispatcher: this.#agent,
      method: (ask.method ?? 'GET') as Dispatcher.HttpMethod,
      headers: { host, ...(as ? await this.issuer.authorization(as) : {}), ...ask.headers },
      ...(body === undefined ? {} : { body: body as string }),
      ...(ask.signal ? { signal: ask.signal } : {}),
    });
  }

  /** Status and problem code. */
  async refusal(path: string, ask: Ask = {}): Promise<[number, string | undefined]> {
    const answer = await this.ask(path, ask);
    const text = await answer.body.text();
    return [answer.statusCode, text === '' ? undefined : (JSON.parse(text) as { code?: string }).code];
  }

  /** Bytes as they are; @returns all that comes back until the connection closes, or is quiet for a while */
  async raw(bytes: string | Buffer, quietMs = 300, firstMs = 2_000): Promise<string> {
    const socket = connect(this.service.port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    let text = '';
    const done = new Promise<void>((resolve) => {
      let timer = setTimeout(resolve, firstMs);
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1');
        clearTimeout(timer);
        timer = setTimeout(resolve, quietMs);
      });
      socket.on('close', () => {
        clearTimeout(timer);
        resolve();
      });
    });
    socket.write(bytes);
    await done;
    socket.destroy();
    return text;
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
    await this.service.stop();
    await this.issuer.close();
    await Promise.all(Object.values(this.services).map((upstream) => upstream.stop()));
  }
}

export const officer: TestTokenClaims = { userId: idFrom('user:officer'), agencyId: AGENCY };
