import { Inject, Injectable } from '@nestjs/common';
import { Directory } from '@qlvb/directory';
import type { DeskGround } from '@qlvb/exchange-domain';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { Jobs } from '@qlvb/platform-jobs';
import { idFrom } from '@qlvb/shared-domain';
import type { PackageAnnounced } from '../connectors/connector.ts';
import { InterpretPackage } from './interpret-package.job.ts';
import { ReceivedPackage } from './received-package.entity.ts';

/** The first step of everything that comes in: one row, committed before anybody looks into the package. */
@Injectable()
export class ReceivedLedger {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {}

  /**
   * A package that comes again is there already, whatever the axis says of it this time.
   *
   * @param agencyId the one it is for
   * @source NĐ30-PL6-F1e
   */
  async keep(announced: PackageAnnounced, agencyId: string): Promise<void> {
    const ground = await this.#mismatch(announced);
    await this.database.command((tx) => this.#keep(tx, announced, ground), { agencyId });
  }

  /** The channel knows who gave it the package; a message that names another sender is believed in nothing. */
  async #mismatch({ from, credentialsOf }: PackageAnnounced): Promise<DeskGround | null> {
    if (credentialsOf === undefined) return null;
    return (await this.directory.agencyByCode(from))?.agencyId === credentialsOf ? null : 'credentials-differ';
  }

  async #keep(tx: Tx, announced: PackageAnnounced, ground: DeskGround | null): Promise<void> {
    const { packageId, kind, from, to, objectKey, sha256, sizeBytes, channel, handedOverBy } = announced;
    const { raw } = await tx.manager
      .createQueryBuilder()
      .insert()
      .into(ReceivedPackage)
      .values({
        agencyId: tx.agencyId,
        id: packageId,
        version: 1,
        createdAt: tx.now,
        updatedAt: tx.now,
        channel,
        announcedKind: kind,
        senderCode: from,
        recipientCode: to,
        inReplyTo: announced.inReplyTo,
        urgent: announced.urgent,
        handedOverBy,
        objectKey,
        announcedSha256: sha256,
        announcedSizeBytes: sizeBytes,
        sentAt: announced.sentAt,
        sha256: null,
        sizeBytes: null,
        state: 'received',
        ground,
        attempts: 0,
        deaths: 0,
        takeAsNew: false,
        problem: null,
        kind: null,
        businessType: null,
        businessReason: null,
        documentId: idFrom(`incoming:${packageId}`),
        senderDocumentId: packageId,
        documentCode: '',
        issuedOn: null,
        subject: null,
        statusCode: null,
        findings: [],
        attachments: [],
        decision: null,
      })
      .orIgnore()
      .returning('id')
      .execute();
    if ((raw as unknown[]).length === 0) return;
    await this.jobs.enqueue(tx, InterpretPackage, { packageId }, { key: packageId, urgent: announced.urgent });
    tx.audit({
      action: 'received-package.kept',
      resource: { type: 'received-package', id: packageId },
      after: { channel, from, to, sha256, sizeBytes, handedOverBy },
    });
  }
}
