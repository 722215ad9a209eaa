import { Inject, Injectable } from '@nestjs/common';
import type { AgencyChanged, CalendarYearChanged, DataOf, Person, PostChanged, SessionsEnded } from '@qlvb/contracts';
import { currentContext } from '@qlvb/platform-context';
import { Database } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { agencyCodeOn, publicCalendar, sameAgencyCode, vietnamDate } from '@qlvb/vietnam';
import type { WorkingCalendar } from '@qlvb/vietnam';
import { ArrayContains, In } from 'typeorm';
import { DirectoryAgency, DirectoryCalendar, DirectoryPost } from './directory.entities.ts';
import { tellRightsChanged } from './directory-rights.ts';
import { AgencyUnknown, PostUnknown, UnitUnknown } from './directory.problems.ts';

type AgencyState = DataOf<typeof AgencyChanged>;
type CalendarState = DataOf<typeof CalendarYearChanged>;
type PostState = DataOf<typeof PostChanged>;

/** Names and places of agencies and people as this service knows them from identity's events. */
@Injectable()
export class Directory {
  readonly #calendarListeners: ((tx: Tx) => Promise<unknown>)[] = [];
  readonly #agencyListeners: ((agencyId: string) => Promise<void>)[] = [];

  constructor(@Inject(Database) private readonly database: Database) {}

  /** @throws AgencyUnknown */
  async agency(agencyId: string): Promise<DirectoryAgency> {
    const found = await this.database.read((manager) => manager.findOneBy(DirectoryAgency, { agencyId }));
    if (!found) throw AgencyUnknown({ id: agencyId });
    return inForce(found);
  }

  /** Several at once, by id. @throws AgencyUnknown naming one that is not there */
  async agencies(agencyIds: readonly string[]): Promise<ReadonlyMap<string, DirectoryAgency>> {
    if (agencyIds.length === 0) return new Map();
    const found = await this.database.read((manager) =>
      manager.findBy(DirectoryAgency, { agencyId: In([...agencyIds]) }),
    );
    const byId = new Map(found.map((agency) => [agency.agencyId, inForce(agency)]));
    for (const agency of agencyIds) if (!byId.has(agency)) throw AgencyUnknown({ id: agency });
    return byId;
  }

  /**
   * By either form of the code, new or legacy; or by one that the agency had before.
   *
   * @source AGC-04
   */
  async agencyByCode(code: string): Promise<DirectoryAgency | null> {
    const found = await this.database.read((manager) =>
      manager.findOne(DirectoryAgency, {
        where: [{ code }, { legacyCode: code }, { otherCodes: ArrayContains([code]) }],
        order: { validFrom: 'DESC' },
      }),
    );
    return found && inForce(found);
  }

  /** Whether the agency of a code is one of others, whatever code it is named by, former ones included. @source AGC-04 @source AGC-14 */
  async isAmong(code: string, codes: readonly string[]): Promise<boolean> {
    if (codes.some((candidate) => sameAgencyCode(candidate, code))) return true;
    const wanted = await this.agencyByCode(code);
    if (!wanted) return false;
    for (const candidate of codes) {
      const found = await this.agencyByCode(candidate);
      if (found?.agencyId === wanted.agencyId) return true;
    }
    return false;
  }

  /** An active post of the present agency. @throws PostUnknown */
  async post(postId: string): Promise<DirectoryPost> {
    const found = await this.database.read((manager) => manager.findOneBy(DirectoryPost, { postId, active: true }));
    if (!found) throw PostUnknown({ id: postId });
    return found;
  }

  /** The active posts of a unit of the present agency that have a role. */
  postsWithRole(role: string, unitId?: string): Promise<DirectoryPost[]> {
    return this.database.read((manager) => {
      const query = manager
        .createQueryBuilder(DirectoryPost, 'post')
        .where('post.active AND :role = ANY(post.roles)', { role })
        .orderBy('post.fullName');
      return (unitId ? query.andWhere('post.unitId = :unitId', { unitId }) : query).getMany();
    });
  }

  /** A unit of the present agency, known by the posts in it. @throws UnitUnknown */
  async unit(unitId: string): Promise<{ readonly unitName: string; readonly unitSymbol: string }> {
    const found = await this.database.read((manager) => manager.findOneBy(DirectoryPost, { unitId }));
    if (!found) throw UnitUnknown({ id: unitId });
    return found;
  }

  async person(postId: string): Promise<Person> {
    return personOf(await this.post(postId));
  }

  /** Several at once, in the order asked for, with what each post may do. @throws PostUnknown naming one that is not there */
  async people(postIds: readonly string[]): Promise<{ person: Person; permissions: readonly string[] }[]> {
    const found = await this.database.read((manager) =>
      manager.findBy(DirectoryPost, { postId: In([...postIds]), active: true }),
    );
    const byId = new Map(found.map((post) => [post.postId, post]));
    return postIds.map((post) => {
      const known = byId.get(post);
      if (!known) throw PostUnknown({ id: post });
      return { person: personOf(known), permissions: known.permissions };
    });
  }

  /** The caller as printed in records. @throws PostUnknown */
  me(): Promise<Person> {
    const postId = currentContext()?.actor?.postId;
    if (!postId) throw PostUnknown();
    return this.person(postId);
  }

  /** The public calendar that deadlines are counted by. @source CAL-6 */
  async calendar(scope: { readonly agencyId?: string } = {}): Promise<WorkingCalendar> {
    return publicCalendar(await this.database.read((manager) => manager.find(DirectoryCalendar), scope));
  }

  /** Calls back after the calendar changed, with the transaction that changed it. */
  onCalendarChange(listener: (tx: Tx) => Promise<unknown>): void {
    this.#calendarListeners.push(listener);
  }

  /** Calls back when an agency became known or changed, in the transaction that took it over. */
  onAgencyChange(listener: (agencyId: string) => Promise<void>): void {
    this.#agencyListeners.push(listener);
  }

  /** Every agency of the catalogue, for work that concerns all of them. */
  async agencyIds(scope: { readonly agencyId?: string } = {}): Promise<string[]> {
    const found = await this.database.read(
      (manager) => manager.find(DirectoryAgency, { select: { agencyId: true }, order: { agencyId: 'ASC' } }),
      scope,
    );
    return found.map(({ agencyId }) => agencyId);
  }

  /** Keeps the newest state, whatever order the events come in. */
  async applyCalendarYear(state: CalendarState): Promise<void> {
    await this.database.command(async (tx) => {
      await tx.manager
        .createQueryBuilder()
        .insert()
        .into(DirectoryCalendar)
        .values(state)
        .orUpdate(['version', 'complete', 'days'], ['year'], {
          overwriteCondition: { where: 'directory_calendar.version < EXCLUDED.version' },
        })
        .execute();
      for (const listener of this.#calendarListeners) await listener(tx);
    });
  }

  /** Keeps the newest state, whatever order the events come in. */
  async applyAgency(state: AgencyState): Promise<void> {
    await this.database.command(async (tx) => {
      await tx.manager
        .createQueryBuilder()
        .insert()
        .into(DirectoryAgency)
        .values({ ...state, otherCodes: state.otherCodes ?? [], codes: state.codes ?? [] })
        .orUpdate(
          [
            'version',
            'code',
            'legacy_code',
            'name',
            'short_name',
            'level',
            'parent_id',
            'subdomain',
            'place_of_issue',
            'valid_from',
            'valid_to',
            'other_codes',
            'codes',
          ],
          ['agency_id'],
          { overwriteCondition: { where: 'directory_agency.version < EXCLUDED.version' } },
        )
        .execute();
      for (const listener of this.#agencyListeners) await listener(state.agencyId);
    });
  }

  /** Keeps the newest state, whatever order the events come in. */
  async applyPost(state: PostState): Promise<void> {
    await this.database.command(async (tx) => {
      await tx.manager
        .createQueryBuilder()
        .insert()
        .into(DirectoryPost)
        .values({ ...state, permissionVersion: state.permissionVersion ?? null, rank: state.rank ?? null })
        .orUpdate(
          [
            'version',
            'user_id',
            'unit_id',
            'unit_name',
            'unit_symbol',
            'full_name',
            'title',
            'roles',
            'permissions',
            'active',
            'permission_version',
            'rank',
          ],
          ['post_id'],
          { overwriteCondition: { where: 'directory_post.version < EXCLUDED.version' } },
        )
        .execute();
      await tellRightsChanged(tx, state.userId);
    });
  }

  /** Remembers ended sessions for as long as a token of theirs could be good; one told of later than that needs no memory. */
  async applySessionsEnded({ userId, sessionIds, until }: DataOf<typeof SessionsEnded>): Promise<void> {
    await this.database.command(async (tx) => {
      await tx.manager.query('DELETE FROM directory_ended_session WHERE until < $1', [tx.now]);
      await tx.manager.query(
        `INSERT INTO directory_ended_session SELECT id, $2 FROM unnest($1::uuid[]) AS id WHERE $2::timestamptz > $3
         ON CONFLICT (session_id) DO UPDATE SET until = greatest(directory_ended_session.until, EXCLUDED.until)`,
        [sessionIds, until, tx.now],
      );
      await tellRightsChanged(tx, userId);
    });
  }
}

export const personOf = (post: DirectoryPost): Person => ({
  userId: post.userId,
  postId: post.postId,
  fullName: post.fullName,
  position: post.title,
});

/**
 * The code an agency is to be named by on a day, `yyyy-MM-dd`.
 *
 * @source AGC-08
 * @source AGC-15
 */
export const codeOn = ({ code, codes }: DirectoryAgency, day: string): string => agencyCodeOn(codes, day) ?? code;

/** With the codes of today, whatever was in force when identity last told of the agency. */
function inForce(agency: DirectoryAgency): DirectoryAgency {
  const code = codeOn(agency, vietnamDate(new Date()));
  if (code === agency.code) return agency;
  const legacyCode = agency.codes.find((candidate) => candidate.code === code)?.legacyCode ?? null;
  return Object.assign(new DirectoryAgency(), agency, {
    code,
    legacyCode,
    otherCodes: codesOf(agency).filter((other) => other !== code && other !== legacyCode),
  });
}

/** Every code that an agency has or had. @source AGC-04 */
export const codesOf = ({ code, legacyCode, otherCodes }: DirectoryAgency): string[] => [
  code,
  ...(legacyCode === null ? [] : [legacyCode]),
  ...otherCodes,
];
