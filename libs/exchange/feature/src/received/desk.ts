import { Inject, Injectable } from '@nestjs/common';
import { DESK_GROUND_LABELS, ExchangeNotificationRequested, notificationRequest } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import { isStatusPackage, RECEIVER_STATUS, refusalText } from '@qlvb/exchange-domain';
import type { DeskGround } from '@qlvb/exchange-domain';
import type { Tx } from '@qlvb/platform-database';
import { StatusReports } from '../reports/status-reports.ts';
import { ReceivedPackage } from './received-package.entity.ts';

/** Of a package that must not be kept: everything that could tell what it says. */
const WITHHELD: Partial<ReceivedPackage> = {
  businessType: null,
  businessReason: null,
  documentCode: '',
  issuedOn: null,
  subject: null,
  statusCode: null,
  problem: null,
  findings: [],
  attachments: [],
};

/** Where packages wait for a person: put there by the interpretation, told to the clerks, answered with 01 and nothing more. */
@Injectable()
export class Desk {
  constructor(
    @Inject(StatusReports) private readonly reports: StatusReports,
    @Inject(Directory) private readonly directory: Directory,
  ) {}

  /** The row as it is now, locked, if the attempt is still the one that works on it. */
  async mine(tx: Tx, { id, attempts }: ReceivedPackage): Promise<ReceivedPackage | undefined> {
    const row = await tx.manager.findOne(ReceivedPackage, { where: { id }, lock: { mode: 'pessimistic_write' } });
    return row?.state === 'interpreting' && row.attempts === attempts ? row : undefined;
  }

  /** @source EX-REC-7 */
  async setAside(tx: Tx, row: ReceivedPackage, ground: DeskGround): Promise<void> {
    await this.save(tx, Object.assign(row, { state: 'waiting', ground }), `received-package.set-aside`);
    await this.#answer(tx, row);
    await this.#tell(tx, row, ground);
  }

  /** Digest, axis id, sender, time and ground stay. @source EX-SEC-1 */
  async erased(tx: Tx, row: ReceivedPackage): Promise<void> {
    const ground = 'secrecy-mark';
    const bare = { ...WITHHELD, state: 'erased', ground, senderDocumentId: row.id };
    await this.save(tx, Object.assign(row, bare), 'received-package.erased');
    await this.#answer(tx, row);
    if (!isStatusPackage(row)) {
      const reason = refusalText('STATE_SECRET', 'Hệ thống này không tiếp nhận văn bản có dấu hiệu bí mật nhà nước.');
      await this.reports.report(tx, row.id, { code: RECEIVER_STATUS.refused, at: tx.now, reason });
    }
    await this.#tell(tx, row, ground);
  }

  /** A person of this agency found it to be a state secret: what is known of its contents is not kept either. @source EX-SEC-1 */
  async withhold(tx: Tx, id: string): Promise<void> {
    const row = await tx.manager.findOne(ReceivedPackage, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!row) return;
    const bare = { ...WITHHELD, state: 'refused', ground: 'secrecy-mark', senderDocumentId: row.id };
    await this.save(tx, Object.assign(row, bare), 'received-package.withheld');
  }

  async save(tx: Tx, row: ReceivedPackage, action: string): Promise<void> {
    row.version += 1;
    row.updatedAt = tx.now;
    const { id, agencyId, createdAt, ...columns } = row;
    await tx.manager.update(ReceivedPackage, { id }, columns as never);
    const { state, ground, sha256, sizeBytes, senderCode } = row;
    tx.audit({
      action,
      resource: { type: 'received-package', id },
      after: { agencyId, receivedAt: createdAt, state, ground, sha256, sizeBytes, senderCode },
    });
  }

  /** The sender hears of every document package that came; a status is never answered by a status. */
  async #answer(tx: Tx, row: ReceivedPackage): Promise<void> {
    if (isStatusPackage(row)) return;
    await this.reports.report(tx, row.id, { code: RECEIVER_STATUS.arrived, at: tx.now });
  }

  async #tell(tx: Tx, row: ReceivedPackage, ground: DeskGround): Promise<void> {
    const { vi, en } = DESK_GROUND_LABELS[ground];
    const sender = (await this.directory.agencyByCode(row.senderCode))?.name ?? row.senderCode;
    tx.publish(
      ExchangeNotificationRequested,
      notificationRequest('package-waiting', {
        to: { permission: 'received-packages.decide' },
        about: { type: 'received-package', id: row.id },
        urgency: row.urgent ? 'urgent' : 'normal',
        parameters: { sender, reason: { vi, en } },
      }),
    );
  }
}
