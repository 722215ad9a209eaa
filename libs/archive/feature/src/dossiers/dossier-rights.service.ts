import { Inject, Injectable } from '@nestjs/common';
import { accessRightPage, accessRightView, namedRights, RightsByHand, WAITS } from '@qlvb/access-by-hand';
import type { ByHandObject, ByHandOwner, NamedRight, ObjectRef } from '@qlvb/access-by-hand';
import { ArchiveNotificationRequested, notificationRequest } from '@qlvb/contracts';
import type { DossierRight, NotificationRequest, Person } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import { accessTo } from '@qlvb/platform-access';
import type { ObjectAccess } from '@qlvb/platform-access';
import type { Actor } from '@qlvb/platform-context';
import { Database, reach } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import type { Page } from '@qlvb/platform-http';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { DossierNotFound } from '../archive.problems.ts';
import { DossierEntity } from '../entities.ts';
import type { DossierRightInput, DossierRightQuery, DossierRightView } from './dossier-rights.dto.ts';
import {
  DossierAccessAlreadyHeld,
  DossierAccessEndPast,
  DossierAccessNotForAdministrators,
  DossierAccessNotYoursToChange,
  DossierRightDecided,
  DossierRightNeeded,
  DossierRightNotFound,
} from './dossier-rights.problems.ts';

type View = z.input<typeof DossierRightView>;
type Kind = 'dossier-access-proposed' | 'dossier-access-withdrawn';

/** Who answers for a dossier decides about the access of others; who keeps it proposes, and takes back. */
const MAY: Readonly<Record<'propose' | 'decide', readonly DossierRight[]>> = {
  propose: ['archive', 'keep', 'reopen'],
  decide: ['archive', 'reopen'],
};

/**
 * Access to one dossier, changed by hand in the same way as access to a document.
 *
 * @source NĐ30-PL6-F3b rights exist on each dossier and each document
 * @source NĐ30-PL6-F3c
 */
@Injectable()
export class DossierRights implements ByHandOwner<'dossier', ByHandObject<'dossier'>, View> {
  readonly view = view;
  readonly #rights: RightsByHand<'dossier', ByHandObject<'dossier'>, View>;
  readonly needed = ['heads-unit', 'keeps'] as const;
  readonly problems = {
    alreadyHeld: DossierAccessAlreadyHeld,
    decided: DossierRightDecided,
    endPast: DossierAccessEndPast,
    missing: DossierRightNotFound,
    needed: DossierRightNeeded,
    notForAdministrators: DossierAccessNotForAdministrators,
  };

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) directory: Directory,
  ) {
    this.#rights = new RightsByHand<'dossier', ByHandObject<'dossier'>, View>(database, directory, this);
  }

  /** Every right to one dossier, the newest first, for those who may change them. @throws DossierNotFound, DossierAccessNotYoursToChange */
  list(dossierId: string, query: z.output<typeof DossierRightQuery>, actor: Actor): Promise<Page<View>> {
    return this.database.read(async (manager) => {
      await this.#reach(manager, { kind: 'dossier', id: dossierId }, actor, 'propose');
      const builder = this.named(manager).where('r.objectId = :dossierId', { dossierId });
      return page(await accessRightPage(builder, query, { dossierId }), this.database.now());
    });
  }

  /** What waits for a second person, on the dossiers about whose access the actor may decide. @source NĐ30-PL6-F3c */
  waiting(query: z.output<typeof DossierRightQuery>, actor: Actor): Promise<Page<View>> {
    const { on, parameters } = this.#access(actor);
    return this.database.read(async (manager) => {
      const builder = this.named(manager)
        .where(WAITS, { now: this.database.now() })
        .andWhere(on('r.object_id', MAY.decide), parameters);
      return page(await accessRightPage(builder, query, { waiting: true }), this.database.now());
    });
  }

  /** @throws DossierNotFound, DossierAccessNotYoursToChange, PostUnknown, DossierAccessNotForAdministrators, DossierAccessAlreadyHeld, DossierAccessEndPast */
  propose(id: string, input: z.output<typeof DossierRightInput>, actor: Actor): Promise<View> {
    return this.#rights.propose('dossier', id, input, actor);
  }

  /**
   * @throws DossierRightNotFound, DossierAccessNotYoursToChange, DossierRightDecided, DutiesNotSeparate, PostUnknown,
   *   DossierAccessNotForAdministrators
   */
  confirm(id: string, actor: Actor): Promise<View> {
    return this.#rights.confirm(id, actor);
  }

  /** @throws DossierRightNotFound, DossierAccessNotYoursToChange, DossierRightDecided, DutiesNotSeparate */
  refuse(id: string, reason: string, actor: Actor): Promise<View> {
    return this.#rights.refuse(id, reason, actor);
  }

  /** @throws DossierRightNotFound, DossierAccessNotYoursToChange, DossierRightDecided, DossierRightNeeded */
  withdraw(id: string, reason: string, actor: Actor): Promise<View> {
    return this.#rights.withdraw(id, reason, actor);
  }

  named(manager: EntityManager) {
    return namedRights(manager, 'd.title')
      .innerJoin(DossierEntity, 'd', 'd.id = r.objectId')
      .andWhere(`r.objectKind = 'dossier'`);
  }

  async changeable(
    { manager }: Tx,
    ref: ObjectRef<'dossier'>,
    actor: Actor,
    act: 'propose' | 'decide',
  ): Promise<ByHandObject<'dossier'>> {
    const { id, createdAt, title } = await this.#reach(manager, ref, actor, act, 'locked');
    return { kind: 'dossier', id, at: createdAt, registered: true, subject: title };
  }

  /** Nothing of another service hangs on a dossier. */
  tell(): void {
    return undefined;
  }

  async notify(
    tx: Tx,
    { id, subject }: ByHandObject<'dossier'>,
    what: 'proposed' | 'withdrawn',
    by: Person,
    person: string,
  ): Promise<void> {
    const { maker } = await tx.manager.findOneByOrFail(DossierEntity, { id });
    const units = (await tx.manager.query(
      `SELECT DISTINCT principal_id AS id FROM access_row
       WHERE object_kind = 'dossier' AND object_id = $1 AND ground = 'heads-unit' AND revoked_at IS NULL`,
      [id],
    )) as { id: string }[];
    const kind: Kind = what === 'proposed' ? 'dossier-access-proposed' : 'dossier-access-withdrawn';
    const to: NotificationRequest<Kind>['to'][] = [
      { permission: 'submissions.decide' },
      { userId: maker.userId },
      ...units.map(({ id: unitId }) => ({ permission: 'outgoing-documents.content-check' as const, unitId })),
    ];
    const parameters = { subject, proposer: by.fullName, person };
    for (const receiver of to) {
      if ('userId' in receiver && receiver.userId === by.userId) continue;
      const about = { type: 'dossier', id };
      tx.publish(ArchiveNotificationRequested, notificationRequest(kind, { to: receiver, about, parameters }));
    }
  }

  /** @throws DossierNotFound, DossierAccessNotYoursToChange */
  async #reach(
    manager: EntityManager,
    { id, missing = DossierNotFound }: ObjectRef<'dossier'>,
    actor: Actor,
    act: 'propose' | 'decide',
    lock?: 'locked',
  ): Promise<DossierEntity> {
    const wanted = { entity: DossierEntity, id, missing, access: this.#access(actor) };
    const { row, rights } = await reach(manager, wanted, lock);
    if (!rights.some((right) => MAY[act].includes(right))) throw DossierAccessNotYoursToChange();
    return row;
  }

  #access(actor: Actor): ObjectAccess<DossierRight> {
    return accessTo('dossier', actor, this.database.now());
  }
}

const view = (named: NamedRight, now: Date): View => {
  const { right, ...rest } = accessRightView(named, now);
  return { ...rest, right: right as DossierRight, dossierId: named.right.objectId, title: named.subject };
};
const page = (found: Page<NamedRight>, now: Date): Page<View> => ({
  ...found,
  items: found.items.map((one) => view(one, now)),
});
