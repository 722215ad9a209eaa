import { createHash, randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';
import type { History } from './history.ts';

export interface ApiOptions {
  /** Where the gateway listens. */
  readonly origin: string;
  /** `qlvb-stttt.localhost`. */
  readonly host: string;
  readonly login: string;
  readonly password: string;
  readonly history: History;
}

/** A problem that the platform answered on purpose. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;

  constructor(what: string, status: number, body: { code?: string; detail?: string; errors?: unknown }) {
    super(
      `${what}: ${status} ${body.code ?? ''} ${body.detail ?? ''} ${body.errors ? JSON.stringify(body.errors) : ''}`,
    );
    this.status = status;
    this.code = body.code ?? '';
  }
}

export type Json = Record<string, unknown>;

const PATIENCE_MS = 300_000;
const agent = new Agent({ connect: { timeout: 3000 }, headersTimeout: 60_000, bodyTimeout: 60_000 });

/**
 * One person at work, through the public API only. A request that found nobody is sent again with the same
 * Idempotency-Key until it is answered: that is what the key is for.
 */
export class ApiClient {
  readonly #options: ApiOptions;
  #token = '';
  #tokenUntil = 0;
  postId = '';
  agencyId = '';
  unitId = '';
  fullName = '';

  constructor(options: ApiOptions) {
    this.#options = options;
  }

  async login(): Promise<void> {
    const { login, password } = this.#options;
    const session = await this.#send('POST', '/auth/sessions', { json: { cccd: login, password } }, false);
    const view = session.body as {
      accessToken: string;
      expiresInSeconds: number;
      activePostId: string;
      user: { fullName: string };
      posts: { postId: string; agencyId: string; unitId: string }[];
    };
    this.#token = view.accessToken;
    this.#tokenUntil = Date.now() + (view.expiresInSeconds - 60) * 1000;
    const post = view.posts.find((candidate) => candidate.postId === view.activePostId);
    Object.assign(this, {
      postId: post?.postId,
      agencyId: post?.agencyId,
      unitId: post?.unitId,
      fullName: view.user.fullName,
    });
  }

  async get<T = Json>(path: string): Promise<T> {
    return (await this.#authorised('GET', path, {})).body as T;
  }

  /** A command: recorded with its answer once it is accepted. @throws Refused */
  async post<T = Json>(path: string, json: Json): Promise<T> {
    return (await this.#authorised('POST', path, { json, key: randomUUID() })).body as T;
  }

  async put<T = Json>(path: string, json: Json, version: number): Promise<T> {
    return (await this.#authorised('PUT', path, { json, version })).body as T;
  }

  async upload<T = Json>(path: string, bytes: Uint8Array, mediaType: string): Promise<T> {
    return (await this.#authorised('POST', path, { bytes, mediaType, key: randomUUID() })).body as T;
  }

  async download(path: string): Promise<Buffer> {
    return (await this.#authorised('GET', path, { binary: true })).body as Buffer;
  }

  async #authorised(method: string, path: string, content: Content): Promise<Answer> {
    if (Date.now() > this.#tokenUntil) await this.login();
    return this.#send(method, path, content, true);
  }

  async #send(method: string, path: string, content: Content, authorised: boolean): Promise<Answer> {
    const started = Date.now();
    let lost = false;
    for (let wait = 100; ; wait = Math.min(wait * 2, 2000)) {
      const answer = await this.#attempt(method, path, content, authorised);
      if (lost && answer?.status === 412) {
        const made = await this.#alreadyMade(path, content);
        if (made) return this.#accept(method, path, content, made);
      }
      lost ||= answer === undefined;
      const later = answer === undefined || [429, 502, 503, 504].includes(answer.status) || isInFlight(answer);
      if (!later) return this.#accept(method, path, content, answer);
      if (Date.now() - started > PATIENCE_MS) {
        throw new Error(
          `${method} ${path}: no answer within ${PATIENCE_MS / 1000} s (last: ${answer?.status ?? 'none'})`,
        );
      }
      await new Promise((done) => setTimeout(done, wait));
    }
  }

  /** The change whose answer was lost: If-Match kept it from being made twice. */
  async #alreadyMade(path: string, { version }: Content): Promise<Answer | undefined> {
    const now = await this.#attempt('GET', path, {}, true);
    return version !== undefined && (now?.body as Json | undefined)?.['version'] === version + 1 ? now : undefined;
  }

  async #attempt(method: string, path: string, content: Content, authorised: boolean): Promise<Answer | undefined> {
    const { json, bytes, mediaType, key, version, binary } = content;
    try {
      const response = await request(`${this.#options.origin}/api/v1${path}`, {
        dispatcher: agent,
        method: method as 'GET',
        headers: {
          host: this.#options.host,
          ...(authorised ? { authorization: `Bearer ${this.#token}` } : {}),
          ...(json ? { 'content-type': 'application/json' } : {}),
          ...(bytes ? { 'content-type': mediaType ?? 'application/octet-stream' } : {}),
          ...(key ? { 'idempotency-key': key } : {}),
          ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
        },
        body: json ? JSON.stringify(json) : (bytes ?? null),
      });
      const raw = Buffer.from(await response.body.arrayBuffer());
      const body: unknown =
        binary && response.statusCode < 300 ? raw : raw.length > 0 ? JSON.parse(raw.toString('utf8')) : {};
      return { status: response.statusCode, body, replayed: response.headers['idempotency-replayed'] === 'true' };
    } catch (error) {
      if (!isConnectionTrouble(error)) throw error;
      return undefined;
    }
  }

  #accept(method: string, path: string, content: Content, answer: Answer): Answer {
    if (answer.status >= 300) throw new Refused(`${method} ${path}`, answer.status, answer.body as Json);
    if (content.key || method === 'PUT') {
      this.#options.history.record({
        at: new Date().toISOString(),
        by: this.fullName,
        agencyId: this.agencyId,
        method,
        path,
        key: content.key ?? '',
        request: content.json ?? {
          sha256: createHash('sha256')
            .update(content.bytes ?? '')
            .digest('hex'),
        },
        status: answer.status,
        answer: answer.body as Json,
        replayed: answer.replayed,
      });
    }
    return answer;
  }
}

interface Content {
  readonly json?: Json;
  readonly bytes?: Uint8Array;
  readonly mediaType?: string;
  readonly key?: string;
  readonly version?: number;
  readonly binary?: boolean;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly replayed: boolean;
}

const isInFlight = (answer: Answer): boolean => (answer.body as { code?: string }).code === 'idempotency.in-flight';

const isConnectionTrouble = (error: unknown): boolean =>
  /ECONN|EPIPE|UND_ERR|socket|terminated|aborted|other side closed/i.test(
    `${(error as NodeJS.ErrnoException).code ?? ''} ${String(error)}`,
  );
