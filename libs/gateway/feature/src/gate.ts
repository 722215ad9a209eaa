import { Inject, Injectable } from '@nestjs/common';
import { AccessTokens } from '@qlvb/platform-auth';
import type { Actor } from '@qlvb/platform-context';
import { BodyTooLarge, RequestMalformed } from '@qlvb/platform-http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HostMisdirected, HostNotFound, ResourceNotFound, TooManyRequests, WrongHost } from './gateway.problems.ts';
import { GATEWAY_SETTINGS } from './gateway.settings.ts';
import type { GatewaySettings } from './gateway.settings.ts';
import { HostDirectory } from './host-directory.ts';
import type { HostScope } from './host-directory.ts';
import { Proxy } from './proxy.ts';
import { RateLimit } from './rate-limit.ts';
import { bodyLimit, serviceFor } from './routes.ts';

/**
 * Every request from outside: known host, known resource, not too many, the account's agency under the host; then the
 * service, which checks token and permission again by itself. A request without a token goes through: the service knows
 * which of its operations are public.
 */
@Injectable()
export class Gate {
  readonly #requests: RateLimit;
  readonly #logins: RateLimit;
  readonly #badTokens: RateLimit;
  readonly #concurrency: number;
  readonly #inFlight = new Map<string, number>();

  constructor(
    @Inject(AccessTokens) private readonly tokens: AccessTokens,
    @Inject(HostDirectory) private readonly hosts: HostDirectory,
    @Inject(Proxy) private readonly proxy: Proxy,
    @Inject(GATEWAY_SETTINGS) settings: GatewaySettings,
  ) {
    this.#requests = new RateLimit(settings.ratePerMinute);
    this.#logins = new RateLimit(settings.loginRatePerMinute);
    this.#badTokens = new RateLimit(settings.ratePerMinute);
    this.#concurrency = settings.concurrency;
  }

  /** @throws HostMisdirected, HostNotFound, ResourceNotFound, TooManyRequests, WrongHost, BodyTooLarge, ServiceUnavailable and what the token check throws */
  async handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const scope = this.scopeOf(request);
    const target = request.raw.url ?? '';
    const service = serviceFor(target);
    if (!service) throw ResourceNotFound();
    const actor = await this.#actor(request, reply);
    const caller = actor?.userId ?? request.ip;
    this.#limit(this.#requests, caller, reply);
    if (isLogin(request.method, target)) this.#limit(this.#logins, request.ip, reply);
    if (actor) this.#checkHost(actor, scope);
    // Here already: a body that is announced and never sent would never make the service hear of the request.
    const limit = bodyLimit(target);
    if (Number(request.headers['content-length'] ?? 0) > limit) throw BodyTooLarge({ limit });
    const running = this.#inFlight.get(caller) ?? 0;
    if (running >= (actor ? this.#concurrency : 2 * this.#concurrency)) this.#refuse(1, reply);
    this.#inFlight.set(caller, running + 1);
    reply.raw.once('close', () => {
      const left = (this.#inFlight.get(caller) ?? 1) - 1;
      if (left > 0) this.#inFlight.set(caller, left);
      else this.#inFlight.delete(caller);
    });
    return this.proxy.pass(service, request, reply);
  }

  /**
   * Whose host a request names, exactly once.
   *
   * @throws RequestMalformed, HostMisdirected, HostNotFound, ServiceUnavailable
   * @source DOM-20
   */
  scopeOf({ raw }: FastifyRequest): HostScope {
    const names = raw.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
    if (names.length !== 1) throw RequestMalformed();
    const scope = this.hosts.find(raw.headers.host ?? '');
    if (scope === 'malformed') throw HostMisdirected();
    if (scope === 'unknown') throw HostNotFound();
    return scope;
  }

  /** Whoever sends one bad token after another from an address has to wait; who sends good ones from there does not. */
  async #actor(request: FastifyRequest, reply: FastifyReply): Promise<Actor | undefined> {
    const { authorization } = request.headers;
    if (authorization === undefined) return undefined;
    try {
      return await this.tokens.verify(authorization);
    } catch (error) {
      const seconds = this.#badTokens.take(request.ip);
      if (seconds > 0) this.#refuse(seconds, reply);
      throw error;
    }
  }

  /** @source DOM-23 */
  #checkHost(actor: Actor, scope: HostScope): void {
    if (scope !== 'shared' && !scope.agencyIds.has(actor.agencyId)) {
      throw WrongHost({ host: this.hosts.hostOf(actor.agencyId) });
    }
  }

  #limit(limit: RateLimit, caller: string, reply: FastifyReply): void {
    const seconds = limit.take(caller);
    if (seconds > 0) this.#refuse(seconds, reply);
  }

  #refuse(seconds: number, reply: FastifyReply): never {
    reply.header('retry-after', String(seconds));
    throw TooManyRequests({ seconds });
  }
}

/** Whatever is sent to `auth` and is not plainly a refresh: no spelling of an address escapes the limit for logins. */
const isLogin = (method: string, target: string): boolean =>
  method === 'POST' && target.startsWith('/api/v1/auth') && target !== '/api/v1/auth/refreshes';
