import { Inject, Injectable } from '@nestjs/common';
import { AgencyUnknown, Directory } from '@qlvb/directory';
import {
  assertMayDecide,
  CHANGE_STATUS,
  mayShowContent,
  PackageContentWithheld,
  PackageNotFound,
  RECEIVER_STATUS,
  RefusalReasonMissing,
  refusalText,
} from '@qlvb/exchange-domain';
import { HANDED_OVER_BY_OTHERS, isPackageFault, PACKAGE_FAULTS } from '@qlvb/contracts';
import { Database, recordDisclosure } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { byTime, inOrder, keysetPage, say } from '@qlvb/platform-http';
import { Jobs } from '@qlvb/platform-jobs';
import { StoredBytes } from '@qlvb/platform-storage';
import type { ByteRange } from '@qlvb/platform-storage';
import { z } from 'zod';
import { StatusReports } from '../reports/status-reports.ts';
import { Desk } from './desk.ts';
import { InterpretPackage } from './interpret-package.job.ts';
import { ReceivedPackage } from './received-package.entity.ts';
import { receivedDetail, receivedView } from './received-packages.dto.ts';
import type { DecisionInput, ReceivedPackageQuery } from './received-packages.dto.ts';

const MIN_REASON = 10;
const UUID_AT_END = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The clerk's desk, and the log of everything that came in. */
@Injectable()
export class ReceivedPackagesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(StoredBytes) private readonly bytes: StoredBytes,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Desk) private readonly desk: Desk,
    @Inject(StatusReports) private readonly reports: StatusReports,
    @Inject(Jobs) private readonly jobs: Jobs,
  ) {}

  list({ limit, cursor, ...filter }: z.output<typeof ReceivedPackageQuery>) {
    const { order, ...columns } = filter;
    return this.database.read(async (manager) => {
      const page = await keysetPage(
        { limit, cursor },
        {
          scope: filter,
          ...byTime('createdAt'),
          query: (after) => {
            const builder = manager.createQueryBuilder(ReceivedPackage, 'p').where('true');
            for (const [name, value] of Object.entries(columns)) {
              if (value !== undefined) builder.andWhere(`p.${name} = :${name}`, { [name]: value });
            }
            return inOrder(builder, order === 'newest' ? 'DESC' : 'ASC', ['p.createdAt', 'p.id'], after);
          },
        },
      );
      return { ...page, items: page.items.map(receivedView) };
    });
  }

  /** @throws PackageNotFound */
  async get(packageId: string) {
    const row = await this.#find(packageId);
    const resource = { type: 'received-package', id: packageId };
    await recordDisclosure(this.database, { action: 'received-package.viewed', resource, sha256: row.sha256 });
    return this.#detail(row);
  }

  /** As it came. @throws PackageNotFound, PackageContentWithheld; FileBytesLost when it is opened */
  async content(packageId: string) {
    const row = await this.#find(packageId);
    const { objectKey, sha256, sizeBytes } = row;
    if (!mayShowContent(row) || sha256 === null || sizeBytes === null) throw PackageContentWithheld();
    return {
      fileName: `${row.kind ?? 'package'}-${packageId}.edxml`,
      mediaType: 'application/xml',
      sizeBytes,
      sha256,
      open: (range?: ByteRange) => {
        const resource = { type: 'received-package', id: packageId };
        const action = 'received-package.downloaded';
        const before = () => recordDisclosure(this.database, { action, resource, sha256, range });
        return this.bytes.open({ name: row.documentCode || 'edXML', objectKey, sha256 }, { range, before });
      },
    };
  }

  /**
   * @throws PackageNotFound, DecisionNotOpen, RefusalReasonMissing
   * @source EX-REC-7
   * @source QĐ28-A5-4
   */
  decide(packageId: string, { decision, reason }: z.output<typeof DecisionInput>) {
    return this.database.command(async (tx) => {
      const row = await tx.manager.findOne(ReceivedPackage, {
        where: { id: packageId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!row) throw PackageNotFound({ id: packageId });
      assertMayDecide(row, decision);
      if (decision === 'refuse' && [...reason].length < MIN_REASON)
        throw RefusalReasonMissing({ characters: MIN_REASON });
      const { fullName: by, userId } = await this.directory.me();
      row.decision = { decision, reason, by, userId, at: tx.now.toISOString() };
      if (decision === 'refuse') await this.#refuse(tx, row, by, reason);
      else if (decision === 'discard') row.state = 'discarded';
      else await this.#again(tx, row, decision === 'take-as-new');
      await this.desk.save(tx, row, `received-package.${decision}`);
      return this.#detail(row);
    });
  }

  /** A new life: what it died or failed of before does not count against it. */
  async #again(tx: Tx, row: ReceivedPackage, takeAsNew: boolean): Promise<void> {
    Object.assign(row, { state: 'received', ground: null, problem: null, attempts: 0, deaths: 0, takeAsNew });
    await this.jobs.enqueue(tx, InterpretPackage, { packageId: row.id }, { key: row.id, urgent: row.urgent });
  }

  /** What changes a document is answered as a change, so that its sender does not take the document itself for refused. */
  async #refuse(tx: Tx, row: ReceivedPackage, by: string, reason: string): Promise<void> {
    row.state = 'refused';
    const isChange = row.ground === 'recall-asked' || row.ground === 'update-sent' || row.ground === 'take-back-asked';
    const code = isChange ? CHANGE_STATUS.changeRefused : RECEIVER_STATUS.refused;
    const ground = row.ground && isPackageFault(row.ground) ? PACKAGE_FAULTS[row.ground] : 'OTHER';
    const words = isChange ? reason : refusalText(ground, reason);
    await this.reports.report(tx, row.id, { code, at: tx.now, by, reason: words });
  }

  async #detail(row: ReceivedPackage) {
    return receivedDetail(row, (await this.#agencyOf(row.handedOverBy)) ?? say(HANDED_OVER_BY_OTHERS));
  }

  /** By name; the ledger keeps what the channel knows, which is for who looks into the matter. */
  async #agencyOf(handedOverBy: string): Promise<string | undefined> {
    const id = UUID_AT_END.exec(handedOverBy)?.[0];
    if (id === undefined) return undefined;
    try {
      return (await this.directory.agency(id)).name;
    } catch (error) {
      if (AgencyUnknown.is(error)) return undefined;
      throw error;
    }
  }

  async #find(id: string): Promise<ReceivedPackage> {
    const found = await this.database.read((manager) => manager.findOneBy(ReceivedPackage, { id }));
    if (!found) throw PackageNotFound({ id });
    return found;
  }
}
