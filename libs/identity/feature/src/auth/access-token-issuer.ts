import { Inject, Injectable } from '@nestjs/common';
import { ROLES } from '@qlvb/contracts';
import type { Permission, Role } from '@qlvb/contracts';
import { newId } from '@qlvb/shared-domain';
import { SignJWT } from 'jose';
import type { z } from 'zod';
import { IDENTITY_SETTINGS } from '../identity.settings.ts';
import type { IdentitySettings } from '../identity.settings.ts';
import type { PostOfSession } from './auth.dto.ts';
import { SigningKeys } from './signing-keys.ts';

/** Issuer and audience of every access token. */
export interface TokenNames {
  readonly issuer: string;
  readonly audience: string;
}
export const TOKEN_NAMES = Symbol('token names');

/** Writes access tokens: opaque ids and permissions, nothing about the person. @source CID-22 */
@Injectable()
export class AccessTokenIssuer {
  constructor(
    @Inject(SigningKeys) private readonly keys: SigningKeys,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
    @Inject(TOKEN_NAMES) private readonly names: TokenNames,
  ) {}

  async issue(
    account: { readonly id: string; readonly permissionVersion: number },
    post: z.output<typeof PostOfSession>,
    sessionId: string,
  ): Promise<{ readonly accessToken: string; readonly seconds: number }> {
    const { kid, privateKey } = await this.keys.current();
    const seconds = this.settings.accessTokenSeconds;
    const accessToken = await new SignJWT({
      agency: post.agencyId,
      unit: post.unitId,
      post: post.postId,
      permissions: permissionsOf(post.roles),
      pv: account.permissionVersion,
      sid: sessionId,
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid })
      .setSubject(account.id)
      .setIssuer(this.names.issuer)
      .setAudience(this.names.audience)
      .setJti(newId())
      .setIssuedAt()
      .setNotBefore('0 s')
      .setExpirationTime(`${seconds} s`)
      .sign(privateKey);
    return { accessToken, seconds };
  }
}

/** The union of what the roles allow, without repetition. */
export const permissionsOf = (roles: readonly string[]): Permission[] =>
  [...new Set(roles.flatMap((role): readonly Permission[] => (role in ROLES ? ROLES[role as Role] : [])))].sort();
