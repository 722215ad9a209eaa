import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { catalogueFaults } from '@qlvb/vietnam';
import type { AgencyRecord } from '@qlvb/vietnam';
import { AgenciesService, agencyIdOf } from '../agencies/agencies.service.ts';
import { Agency, AgencyCode } from '../identity.entities.ts';

/** The day from which Quyết định 20/2020/QĐ-TTg gives codes; earlier documents are older than this platform. */
const FIRST_DAY = '2020-09-15';
const PROVINCE_PLACE = 'Quảng Bình';

/** Loads the province's catalogue of agencies; a second run changes nothing. */
@Injectable()
export class CatalogueLoader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AgenciesService) private readonly agencies: AgenciesService,
  ) {}

  /**
   * @param baseDomain domain that the records' hosts stand under
   * @returns how many agencies were new
   * @throws Error when the catalogue contradicts itself
   * @source AGC-20
   */
  async load(records: readonly AgencyRecord[], baseDomain: string): Promise<number> {
    const faults = catalogueFaults(records, baseDomain).filter((fault) => fault.severity === 'error');
    if (faults.length > 0)
      throw new Error(`catalogue: ${faults.map((fault) => `${fault.code} ${fault.fault}`).join(', ')}`);
    const root = records.find((record) => record.parentCode === null);
    if (!root) throw new Error('catalogue: no province');
    return this.database.command(
      async (tx) => {
        await tx.manager.query('SELECT pg_advisory_xact_lock(7201011)');
        const known = new Set((await tx.manager.find(Agency, { select: { id: true } })).map((agency) => agency.id));
        const added = inTreeOrder(records).filter((record) => !known.has(agencyIdOf(record.code)));
        for (const record of added) await this.#add(tx, record, records);
        // Successors may come later in the tree than those they follow.
        for (const record of added) {
          const id = agencyIdOf(record.code);
          if (record.mergedInto) {
            await tx.manager.update(Agency, { id }, { successorId: agencyIdOf(record.mergedInto) });
          }
          await this.agencies.publishState(tx, id);
        }
        if (added.length > 0) {
          tx.audit({
            action: 'catalogue.loaded',
            resource: { type: 'agency', id: agencyIdOf(root.code) },
            after: { added: added.length },
          });
        }
        return added.length;
      },
      { agencyId: agencyIdOf(root.code) },
    );
  }

  async #add(tx: Tx, record: AgencyRecord, records: readonly AgencyRecord[]): Promise<void> {
    const id = agencyIdOf(record.code);
    const validFrom = record.validFrom ?? FIRST_DAY;
    const validTo = record.validTo ?? null;
    await tx.manager.insert(Agency, {
      id,
      version: 1,
      name: record.name.normalize('NFC'),
      shortName: record.shortName,
      level: record.level,
      parentId: record.parentCode ? agencyIdOf(record.parentCode) : null,
      subdomain: ownHost(record, records),
      placeOfIssue: placeOfIssue(record, records),
      codeSource: record.source,
      symbolAliases: record.symbolAliases ?? [],
      validFrom,
      validTo,
      successorId: null,
    });
    await tx.manager.insert(AgencyCode, {
      code: record.code,
      legacyCode: record.legacyCode,
      agencyId: id,
      validFrom,
      validTo,
    });
  }
}

function inTreeOrder(records: readonly AgencyRecord[]): AgencyRecord[] {
  return [...records].sort((a, b) => a.code.split('.').length - b.code.split('.').length || (a.code < b.code ? -1 : 1));
}

/** First label of the agency's host when it is its own and not its parent's. */
function ownHost(record: AgencyRecord, records: readonly AgencyRecord[]): string | null {
  const parent = records.find((candidate) => candidate.code === record.parentCode);
  if (parent?.subdomain === record.subdomain) return null;
  return record.subdomain.split('.')[0] ?? null;
}

/**
 * Địa danh: the name of the place where the agency sits.
 *
 * @source NĐ30-PL1-II.4
 */
function placeOfIssue(record: AgencyRecord, records: readonly AgencyRecord[]): string {
  const committee = /^Ủy ban nhân dân (?:huyện|thị xã|thành phố|xã|phường|thị trấn) (.+)$/;
  for (let at: AgencyRecord | undefined = record; at;) {
    const place = committee.exec(at.name)?.[1];
    if (place) return place;
    const { parentCode }: AgencyRecord = at;
    at = records.find((candidate) => candidate.code === parentCode);
  }
  return PROVINCE_PLACE;
}
