import { CERTIFICATE_REASONS } from '@qlvb/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { codesOf, DirectoryAgency, DirectoryPost } from '@qlvb/directory';
import { checkPicture } from '@qlvb/pdf-signature';
import { assertSeparate } from '@qlvb/platform-auth';
import type { Actor } from '@qlvb/platform-context';
import { captureOutcome, Database } from '@qlvb/platform-database';
import { BY_ID, inOrder, keysetPage } from '@qlvb/platform-http';
import type { Page } from '@qlvb/platform-http';
import { newId } from '@qlvb/shared-domain';
import {
  assertOwnCertificate,
  CertificateNotFound,
  certificateState,
  CertificateUnusable,
  holderDifferences,
} from '@qlvb/signature-domain';
import type { DirectoryHolder, HolderDifference } from '@qlvb/signature-domain';
import { Certificate, MalformedDer, MalformedStructure, OID } from '@qlvb/x509';
import { CLOCK } from '@qlvb/platform-service';
import type { Clock } from '@qlvb/shared-domain';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { CertificateEntity } from '../entities.ts';
import { nameOf, subjectOf } from './certificate-subject.ts';
import { CertificateUsability } from './certificate-usability.ts';
import type { CertificateInput, CertificateQuery, CertificateView } from './certificates.dto.ts';
import { HolderNumbers } from './holder-numbers.ts';

type View = z.input<typeof CertificateView>;

/** The register of certificates of one agency and its people. @source VN-09 */
@Injectable()
export class CertificatesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CertificateUsability) private readonly usability: CertificateUsability,
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

  /** @throws CertificateUnusable, RevocationUnknown, BadPicture */
  async #examine(
    input: z.output<typeof CertificateInput>,
  ): Promise<{ certificate: Certificate; chain: Certificate[]; picture: Buffer }> {
    const { certificate, chain } = this.#read(input.certificatePem, input.chainPem);
    const picture = Buffer.from(input.pictureFile, 'base64');
    checkPicture(picture, input.subjectKind === 'person' ? 'person' : 'seal');
    await this.usability.assertUsable({
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
