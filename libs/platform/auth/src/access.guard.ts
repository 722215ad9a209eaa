import { Inject, Injectable, Optional } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { currentContext } from '@qlvb/platform-context';
import type { Actor } from '@qlvb/platform-context';
import { acceptedPermissions, accessOf } from './access.ts';
import { AccessTokens } from './access-tokens.ts';
import { PermissionMissing, TokenRevoked } from './auth.problems.ts';

/** Tells whether an actor's rights still stand: a service that knows newer permission versions provides it. */
export interface ActorCheck {
  isCurrent(actor: Actor): boolean | Promise<boolean>;
}

export const ACTOR_CHECK = Symbol('ActorCheck');

/**
 * Stands before every route: signed in, rights still current, permission held, in this order. What is not declared is
 * refused.
 *
 * @source SEC-Z01
 * @source SEC-Z08
 */
@Injectable()
export class AccessGuard implements CanActivate {
  readonly #actorCheck: ActorCheck | undefined;

  constructor(
    @Inject(AccessTokens) private readonly tokens: AccessTokens,
    @Optional() @Inject(ACTOR_CHECK) actorCheck?: ActorCheck,
  ) {
    this.#actorCheck = actorCheck;
  }

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    if (execution.getType() !== 'http') return true;
    const access = accessOf(execution.getHandler());
    if (!access) throw PermissionMissing();
    if (access.public) return true;
    const request = execution.switchToHttp().getRequest<{ headers: { authorization?: string } }>();
    const actor = await this.tokens.verify(request.headers.authorization);
    if (this.#actorCheck && !(await this.#actorCheck.isCurrent(actor))) throw TokenRevoked();
    const accepted = acceptedPermissions(access);
    if (accepted.length > 0 && !accepted.some((permission) => actor.permissions.includes(permission))) {
      throw PermissionMissing();
    }
    const context = currentContext();
    if (!context) throw new Error('the request runs outside a request context');
    context.actor = actor;
    context.agencyId = actor.agencyId;
    return true;
  }
}
