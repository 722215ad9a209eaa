import { CERTIFICATE_REASONS } from '@qlvb/contracts';
import type { Label } from '@qlvb/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { codesOf, DirectoryAgency, DirectoryPost } from '@qlvb/directory';
import { checkPicture, maySignDocuments, signerKindOf } from '@qlvb/pdf-signature';
import { assertSeparate } from '@qlvb/platform-auth';
import type { Actor } from '@qlvb/platform-context';
import { captureOutcome, Database } from '@qlvb/platform-database';
import { asks, BY_ID, inOrder, instant, keysetPage, pageQuery } from '@qlvb/platform-http';
import type { Page } from '@qlvb/platform-http';
import { newId } from '@qlvb/shared-domain';
import {
  assertOwnCertificate,
  CertificateNotFound,
  certificateState,
  CertificateUnusable,
  HOLDER_DIFFERENCES,
  holderDifferences,
  RevocationUnknown,
} from '@qlvb/signature-domain';
import type { CertificateSubject, DirectoryHolder, HolderDifference } from '@qlvb/signature-domain';
import { Certificate, MalformedDer, MalformedStructure, OID, validatePath } from '@qlvb/x509';
import type { TrustStore } from '@qlvb/x509';
import { CLOCK } from '@qlvb/platform-service';
import type { Clock } from '@qlvb/shared-domain';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { CertificateEntity } from '../entities.ts';
import { RevocationClient } from '../authorities/revocation-client.ts';
import { HolderNumbers } from './holder-numbers.ts';
import { TRUST_STORE } from '../signature.settings.ts';

export const CertificateInput = z
  .object({
    subjectKind: z.enum(['person', 'agency']),
    userId: z.uuid().optional().describe('Id of the holder, for a certificate of a person'),
    certificatePem: z.string().min(100).max(20_000),
    chainPem: z.string().max(60_000).optional(),
    pictureFile: z
      .string()
      .min(1)
      .max(1_450_000)
      .regex(/^[A-Za-z0-9+/]+={0,2}$/)
      .describe('Picture of the signature (blue) or the seal (red), PNG with a transparent ground, base64'),
  })
  .refine((input) => (input.subjectKind === 'person') === (input.userId !== undefined), {
    ...asks({
      vi: 'Chứng thư cá nhân cần người sở hữu, chứng thư cơ quan thì không.',
      en: 'A certificate of a person needs its holder, one of an agency has none.',
    }),
    path: ['userId'],
  })
  .meta({ id: 'CertificateInput' });

export const CertificateView = z
  .object({
    certificateId: z.uuid(),
    subjectKind: z.enum(['person', 'agency']),
    userId: z.uuid().nullable(),
    subject: z.string(),
    issuer: z.string(),
    serial: z.string(),
    fingerprint: z.string(),
    startsAt: instant(),
    endsAt: instant(),
    state: z
      .enum(['not_yet_valid', 'in_use', 'renewal_due', 'expired'])
      .describe('By its period; to be renewed from 60 days before its end'),
    warnings: z
      .array(z.enum(HOLDER_DIFFERENCES))
      .describe('Differences between the certificate and the directory as it is now; with any, it signs no more'),
  })
  .meta({ id: 'Certificate' });
type View = z.input<typeof CertificateView>;

export const CertificateQuery = z.object({ ...pageQuery, subjectKind: z.enum(['person', 'agency']).optional() });

/** The register of certificates of one agency and its people. @source VN-09 */
@Injectable()
export class CertificatesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TRUST_STORE) private readonly trust: TrustStore,
    @Inject(RevocationClient) private readonly revocation: RevocationClient,
    @Inject(HolderNumbers) private readonly numbers: HolderNumbers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @throws CertificateUnusable, CertificateOfAnotherHolder, CertificateOfAnotherNumber, CertificateWithoutNumber,
   *   HolderNotToldYet, RevocationUnknown, BadPicture, DutiesNotSeparate
   * @source VN-05
   * @source VN-18
   * @source VN-30
   * @source IDN-11
   */
  async register(input: z.output<typeof CertificateInput>, actor: Actor): Promise<View> {
    if (input.userId !== undefined) {
      assertSeparate('certificate.register', [{ act: 'certificate.hold', userId: input.userId }], actor);
    }
    const outcome = await captureOutcome(async () => {
      const examined = await this.#examine(input);
      const { certificate } = examined;
      return { ...examined, number: input.userId && (await this.numbers.match(input.userId, certificate)) };
    });
    return this.database.command(async (tx) => {
      const { certificate, chain, picture, number } = outcome();
      const holder = { ...(await holderIn(tx.manager, tx.agencyId, input.userId)), number: number || undefined };
      const subject = subjectOf(certificate);
      const known = await tx.manager.findOneBy(CertificateEntity, { fingerprint: certificate.fingerprint });
      if (known) return view(sameOwner(known, input), tx.now, holderDifferences(subject, holder));
      assertOwnCertificate(subject, holder);
      const row = Object.assign(new CertificateEntity(), {
        id: newId(),
        agencyId: tx.agencyId,
        version: 1,
        createdAt: tx.now,
        updatedAt: tx.now,
        subjectKind: input.subjectKind,
        userId: input.userId ?? null,
        der: Buffer.from(certificate.raw),
        chain: chain.map((authority) => Buffer.from(authority.raw)),
        fingerprint: certificate.fingerprint,
        serial: certificate.serialHex,
        subject: nameOf(certificate),
        issuer: certificate.issuer.get(OID.commonName) ?? certificate.issuer.toString(),
        validFrom: certificate.notBefore,
        validTo: certificate.notAfter,
        picture,
      });
      await tx.manager.insert(CertificateEntity, row);
      tx.audit({
        action: 'certificate.registered',
        resource: { type: 'certificate', id: row.id },
        after: { subject: row.subject, serial: row.serial, userId: row.userId },
      });
      return view(row, tx.now, []);
    });
  }

  list(query: z.output<typeof CertificateQuery>): Promise<Page<View>> {
    const { limit, cursor, ...filter } = query;
    return this.database.read(async (manager) => {
      const page = await keysetPage(
        { limit, cursor },
        {
          scope: filter,
          ...BY_ID,
          query: (after) => {
            const builder = manager.createQueryBuilder(CertificateEntity, 'c').where('true');
            if (filter.subjectKind) builder.andWhere('c.subjectKind = :kind', { kind: filter.subjectKind });
            return inOrder(builder, 'ASC', ['c.id'], after);
          },
        },
      );
      const now = this.clock.now();
      const items: View[] = [];
      for (const row of page.items) {
        const certificate = Certificate.parse(row.der);
        const holder = await this.#holder(manager, row, certificate);
        items.push(view(row, now, holderDifferences(subjectOf(certificate), holder)));
      }
      return { ...page, items };
    });
  }

  /**
   * The certificate a person may sign with: their own, or the agency's for a clerk.
   *
   * @throws CertificateNotFound, CertificateOfAnotherHolder, CertificateOfAnotherNumber, CertificateWithoutNumber, HolderNotToldYet
   * @source PR-08
   */
  async usable(id: string, kind: 'personal' | 'agency', actor: Actor): Promise<CertificateEntity> {
    const row = await this.database.read((manager) =>
      manager.createQueryBuilder(CertificateEntity, 'c').addSelect('c.picture').where('c.id = :id', { id }).getOne(),
    );
    const fits = row && (kind === 'personal' ? row.userId === actor.userId : row.subjectKind === 'agency');
    if (!fits) throw CertificateNotFound({ id });
    await this.assertOwn(row);
    return row;
  }

  /**
   * What was registered is looked at again whenever it signs, by the names and numbers known now.
   *
   * @throws CertificateOfAnotherHolder, CertificateOfAnotherNumber, CertificateWithoutNumber, HolderNotToldYet
   * @source VN-05
   */
  async assertOwn(row: CertificateEntity): Promise<void> {
    const certificate = Certificate.parse(row.der);
    const holder = await this.database.read((manager) => this.#holder(manager, row, certificate));
    assertOwnCertificate(subjectOf(certificate), holder);
  }

  async #holder(
    manager: EntityManager,
    { agencyId, userId }: CertificateEntity,
    certificate: Certificate,
  ): Promise<DirectoryHolder> {
    const holder = await holderIn(manager, agencyId, userId ?? undefined);
    return userId === null ? holder : { ...holder, number: await this.numbers.match(userId, certificate) };
  }

  /** Why a certificate cannot sign documents at an instant; undefined when it can. @source VN-30 */
  #unusable(
    certificate: Certificate,
    chain: readonly Certificate[],
    kind: 'person' | 'agency',
    at: Date,
  ): Label | undefined {
    if (certificate.notBefore > at || certificate.notAfter < at) return CERTIFICATE_REASONS['not-valid-now'];
    if (!maySignDocuments(certificate)) return CERTIFICATE_REASONS['not-for-documents'];
    if (signerKindOf(certificate) !== kind)
      return CERTIFICATE_REASONS[kind === 'person' ? 'not-of-a-person' : 'not-of-an-agency'];
    const { path, faults } = validatePath(certificate, {
      trust: this.trust,
      at,
      offered: chain,
      revocation: 'ignore',
    });
    if (path.length === 0 || faults.length > 0) return CERTIFICATE_REASONS['not-trusted'];
    return undefined;
  }

  /**
   * Asked before every preparation and again before embedding: a revocation in between stops the signature.
   *
   * @throws CertificateUnusable, RevocationUnknown
   * @source VN-30
   * @source VN-51
   */
  async assertUsable(holder: Pick<CertificateEntity, 'der' | 'chain' | 'subjectKind'>): Promise<void> {
    const certificate = Certificate.parse(holder.der);
    const chain = holder.chain.map((der) => Certificate.parse(der));
    const at = this.clock.now();
    const reason = this.#unusable(certificate, chain, holder.subjectKind, at);
    if (reason) throw CertificateUnusable({ reason });
    const options = { trust: this.trust, at, offered: chain };
    const { path } = validatePath(certificate, { ...options, revocation: 'ignore' });
    const evidence = await this.revocation.evidence([path]);
    const { revocation } = validatePath(certificate, { ...options, evidence, revocation: 'require' });
    if (revocation.some(({ status }) => status === 'revoked')) {
      throw CertificateUnusable({ reason: CERTIFICATE_REASONS.revoked });
    }
    if (revocation.some(({ status }) => status === 'unknown')) throw RevocationUnknown();
  }

  /** @throws CertificateUnusable, RevocationUnknown, BadPicture */
  async #examine(
    input: z.output<typeof CertificateInput>,
  ): Promise<{ certificate: Certificate; chain: Certificate[]; picture: Buffer }> {
    const { certificate, chain } = this.#read(input.certificatePem, input.chainPem);
    const picture = Buffer.from(input.pictureFile, 'base64');
    checkPicture(picture, input.subjectKind === 'person' ? 'person' : 'seal');
    await this.assertUsable({
      der: Buffer.from(certificate.raw),
      chain: chain.map((authority) => Buffer.from(authority.raw)),
      subjectKind: input.subjectKind,
    });
    return { certificate, chain, picture };
  }

  #read(pem: string, chainPem = ''): { certificate: Certificate; chain: Certificate[] } {
    try {
      const [certificate, ...rest] = Certificate.parsePem(pem);
      if (!certificate) throw CertificateUnusable({ reason: CERTIFICATE_REASONS['not-in-pem'] });
      return { certificate, chain: [...rest, ...Certificate.parsePem(chainPem)] };
    } catch (error) {
      if (MalformedDer.is(error) || MalformedStructure.is(error)) {
        throw CertificateUnusable({ reason: CERTIFICATE_REASONS['not-x509'] }, { cause: error });
      }
      throw error;
    }
  }
}

/** A certificate is registered once; for somebody else it is not theirs. @throws CertificateUnusable @source PR-08 */
function sameOwner(known: CertificateEntity, input: z.output<typeof CertificateInput>): CertificateEntity {
  if (known.userId !== (input.userId ?? null)) {
    throw CertificateUnusable({ reason: CERTIFICATE_REASONS['of-somebody-else'] });
  }
  return known;
}

/** What the directory of the agency knows of a person, or of the agency itself. */
async function holderIn(
  manager: EntityManager,
  agencyId: string,
  userId: string | undefined,
): Promise<DirectoryHolder> {
  const agency = await manager.findOneBy(DirectoryAgency, { agencyId });
  const post = userId === undefined ? null : await manager.findOneBy(DirectoryPost, { userId, agencyId, active: true });
  return {
    kind: userId === undefined ? 'agency' : 'person',
    name: userId === undefined ? agency?.name : post?.fullName,
    agencyName: agency?.name,
    agencyCodes: agency ? codesOf(agency) : [],
  };
}

const subjectOf = ({ subject }: Certificate): CertificateSubject => ({
  commonName: subject.get(OID.commonName),
  organizations: subject.attributes
    .filter(({ type }) => type === OID.organizationName || type === OID.organizationalUnitName)
    .map(({ value }) => value),
  uid: subject.get(OID.userId),
});

/** Common name and organisation; never the UID, which holds the citizen number. @source CID-22 */
export const nameOf = (certificate: Certificate): string =>
  [...new Set([certificate.subject.get(OID.commonName), certificate.subject.get(OID.organizationName)])]
    .filter((part) => part !== undefined)
    .join(', ');

const view = (row: CertificateEntity, now: Date, warnings: readonly HolderDifference[]): View => ({
  certificateId: row.id,
  subjectKind: row.subjectKind,
  userId: row.userId,
  subject: row.subject,
  issuer: row.issuer,
  serial: row.serial,
  fingerprint: row.fingerprint,
  startsAt: row.validFrom,
  endsAt: row.validTo,
  state: certificateState(row, now),
  warnings: [...warnings],
});
