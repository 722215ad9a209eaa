import { Inject, Injectable, Logger } from '@nestjs/common';
import { ExchangeNotificationRequested, notificationRequest, SEND_FAILURE_LABELS } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import { sendFailureOf } from '@qlvb/exchange-domain';
import type { SendFailure } from '@qlvb/exchange-domain';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { JobFailed, Jobs, OnJob, OnJobFailed } from '@qlvb/platform-jobs';
import type { Job, JobFailure } from '@qlvb/platform-jobs';
import type { PackageAnnounced } from '../connectors/connector.ts';
import { DeliveryLedger } from '../deliveries/delivery-ledger.ts';
import { FailedDeliveries } from '../deliveries/failed-deliveries.ts';
import { PlacePackage } from './place-package.job.ts';
import { ReceivedLedger } from './received-ledger.ts';

/**
 * Where what a channel brings belongs: in the ledger of the agency it is for, or, while the directory knows no such agency, in the
 * work of the one that handed it over, who is told when it stays so.
 */
@Injectable()
export class Arrivals {
  readonly #log = new Logger('Arrivals');

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(ReceivedLedger) private readonly received: ReceivedLedger,
    @Inject(DeliveryLedger) private readonly deliveries: DeliveryLedger,
    @Inject(FailedDeliveries) private readonly failures: FailedDeliveries,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {}

  /** @source AGC-14 */
  async take(announced: PackageAnnounced): Promise<void> {
    if (await this.#place(announced)) return;
    const { sentAt, credentialsOf, ...rest } = announced;
    const data = { ...rest, ...(credentialsOf ? { credentialsOf } : {}), sentAt: sentAt?.toISOString() ?? null };
    await this.database.command(async (tx) => {
      await this.jobs.enqueue(tx, PlacePackage, data, { key: announced.packageId, urgent: announced.urgent });
    });
  }

  /** @throws JobFailed while no agency has the code */
  @OnJob(PlacePackage)
  async tryAgain({ data }: Job<typeof PlacePackage>): Promise<void> {
    const { sentAt, credentialsOf, ...rest } = data;
    if (await this.#place({ ...rest, credentialsOf, sentAt: sentAt === null ? null : new Date(sentAt) })) return;
    throw new JobFailed('recipient-not-on-axis' satisfies SendFailure, '', { again: true });
  }

  /**
   * Who sent the document sees it on his delivery and may send it again or leave it; of what is no delivery of his, the clerks are told.
   *
   * @source EX-TIME-1
   */
  @OnJobFailed(PlacePackage)
  async givenUp({ data }: Job<typeof PlacePackage>, { code, detail }: JobFailure, tx: Tx): Promise<void> {
    const failure = sendFailureOf(code);
    const { packageId, kind, from, to, sha256, handedOverBy } = data;
    const delivery = await this.deliveries.sentAs(tx, data);
    if (delivery) await this.failures.record(tx, delivery.id, failure, detail);
    else {
      const { vi, en } = SEND_FAILURE_LABELS[failure];
      tx.publish(
        ExchangeNotificationRequested,
        notificationRequest('package-undeliverable', {
          to: { permission: 'deliveries.manage' },
          about: { type: 'package', id: packageId },
          urgency: data.urgent ? 'urgent' : 'normal',
          parameters: { recipient: to, reason: { vi, en } },
        }),
      );
    }
    tx.audit({
      action: 'package.undeliverable',
      resource: { type: 'package', id: packageId },
      after: { kind, from, to, sha256, handedOverBy, failure },
    });
    this.#log.warn(`package ${packageId} for ${to} reached nobody: ${failure}`);
  }

  /** Before anybody has it, it counts as taken by nobody. */
  async #place(announced: PackageAnnounced): Promise<boolean> {
    const recipient = await this.directory.agencyByCode(announced.to);
    if (!recipient) return false;
    await this.received.keep(announced, recipient.agencyId);
    await this.deliveries.recordTaken(announced);
    return true;
  }
}
