import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '@qlvb/platform-database';
import { defineJob, OnJob } from '@qlvb/platform-jobs';
import { CLOCK } from '@qlvb/platform-service';
import { newId } from '@qlvb/shared-domain';
import type { Clock } from '@qlvb/shared-domain';
import { createLocalJWKSet, exportJWK, exportPKCS8, generateKeyPair } from 'jose';
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { SigningKey } from '../identity.entities.ts';
import { IDENTITY_SETTINGS } from '../identity.settings.ts';
import type { IdentitySettings } from '../identity.settings.ts';
import { Vault } from '../vault.ts';

const MINUTE = 60_000;
/** A new key is published this long before its first token, so that every verifier has fetched it. */
const LEAD_MS = 15 * MINUTE;
const LOCK = 7_201_010;

export const RotateKeys = defineJob({
  kind: 'identity.rotate-keys',
  data: z.object({}),
  scope: 'platform',
  everySeconds: 5 * 60,
});

/** The keys that sign access tokens: one signs, the next is announced, the last stays until its tokens have expired. */
@Injectable()
export class SigningKeys implements OnApplicationBootstrap {
  readonly #privateKeys = new Map<string, KeyObject>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.rotateIfDue(this.clock.now());
  }

  /** The present key goes on signing while that fails. */
  @OnJob(RotateKeys)
  async rotate(): Promise<void> {
    await this.rotateIfDue(this.clock.now());
  }

  /** The public keys of every token that may still be good. */
  async published(now = this.clock.now()): Promise<JSONWebKeySet> {
    const keys = await this.#all();
    return {
      keys: keys.filter((key) => key.retiresAt === null || key.retiresAt > now).map((key) => key.publicJwk as never),
    };
  }

  /** For this process's own guard: the same keys without HTTP. */
  readonly findKey: JWTVerifyGetKey = async (header, token) => createLocalJWKSet(await this.published())(header, token);

  async current(now = this.clock.now()): Promise<{ readonly kid: string; readonly privateKey: KeyObject }> {
    const active = (await this.#all()).filter((key) => key.activatesAt <= now).at(-1);
    if (!active) throw new Error('no signing key is active');
    let privateKey = this.#privateKeys.get(active.kid);
    if (!privateKey) {
      privateKey = createPrivateKey(this.vault.open(active.privateSealed, active.kid));
      this.#privateKeys.set(active.kid, privateKey);
    }
    return { kid: active.kid, privateKey };
  }

  /** Makes the next key when the present one is old or missing; several replicas agree by a lock. */
  async rotateIfDue(now: Date): Promise<boolean> {
    return this.database.source.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
      const newest = await manager.findOne(SigningKey, { where: {}, order: { activatesAt: 'DESC' } });
      const age = newest ? now.getTime() - newest.activatesAt.getTime() : Infinity;
      if (age < this.settings.signingKeyDays * 24 * 60 * MINUTE) return false;
      const activatesAt = newest ? new Date(now.getTime() + LEAD_MS) : now;
      const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
      const kid = newId();
      await manager.insert(SigningKey, {
        kid,
        publicJwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' },
        privateSealed: this.vault.seal(await exportPKCS8(privateKey), kid),
        activatesAt,
        retiresAt: null,
      });
      if (newest) {
        const retiresAt = new Date(activatesAt.getTime() + this.settings.accessTokenSeconds * 1000 + MINUTE);
        await manager.update(SigningKey, { kid: newest.kid }, { retiresAt });
      }
      return true;
    });
  }

  #all(): Promise<SigningKey[]> {
    return this.database.source.getRepository(SigningKey).find({ order: { activatesAt: 'ASC' } });
  }
}
