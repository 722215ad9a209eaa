import { Inject, Injectable } from '@nestjs/common';
import type { DataOf, PersonNumbered } from '@qlvb/contracts';
import { Database } from '@qlvb/platform-database';
import { citizenNumberIn } from '@qlvb/signature-domain';
import type { NumberMatch } from '@qlvb/signature-domain';
import { numberProof, numberProofKey } from '@qlvb/vietnam';
import type { NumberProofKey } from '@qlvb/vietnam';
import { OID } from '@qlvb/x509';
import type { Certificate } from '@qlvb/x509';
import { SIGNATURE_SETTINGS } from '../signature.settings.ts';
import type { SignatureSettings } from '../signature.settings.ts';
import { NumberProof } from './number-proof.entity.ts';

/** A proof takes 40 ms and stays the same as long as the key does. */
const KEPT = 10_000;

/**
 * Compares the citizen number in a certificate with the one of an account, of which this service has a keyed proof and not the
 * number.
 *
 * @source VN-05
 * @source CID-20
 */
@Injectable()
export class HolderNumbers {
  readonly #key: NumberProofKey;
  readonly #made = new Map<string, string>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SIGNATURE_SETTINGS) settings: SignatureSettings,
  ) {
    this.#key = numberProofKey(settings.holderKey.reveal());
  }

  async match(userId: string, certificate: Certificate): Promise<NumberMatch> {
    const number = citizenNumberIn(
      certificate.subject.attributes.filter(({ type }) => type === OID.userId).map(({ value }) => value),
    );
    if (number === undefined) return 'not_named';
    const told = await this.database.read((manager) => manager.findOneBy(NumberProof, { userId }));
    if (told?.keyId !== this.#key.id) return 'not_told';
    return told.proof === (await this.#proofOf(userId, certificate.fingerprint, number)) ? 'confirmed' : 'another';
  }

  /** The last one told holds, whatever order the events come in. */
  async learn({ userId, keyId, proof, toldAt }: DataOf<typeof PersonNumbered>): Promise<void> {
    await this.database.command((tx) =>
      tx.manager
        .createQueryBuilder()
        .insert()
        .into(NumberProof)
        .values({ userId, keyId, proof, toldAt: new Date(toldAt) })
        .orUpdate(['key_id', 'proof', 'told_at'], ['user_id'], {
          overwriteCondition: { where: 'number_proof.told_at < EXCLUDED.told_at' },
        })
        .execute(),
    );
  }

  async #proofOf(userId: string, fingerprint: string, number: string): Promise<string> {
    const name = `${userId} ${fingerprint}`;
    const known = this.#made.get(name);
    if (known !== undefined) return known;
    const proof = await numberProof(this.#key, userId, number);
    if (this.#made.size >= KEPT) this.#made.clear();
    this.#made.set(name, proof);
    return proof;
  }
}
