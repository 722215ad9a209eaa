import { administers } from '@qlvb/contracts';
import type { AccessGround, ObjectKind, Person, RightTo } from '@qlvb/contracts';
import { personOf } from '@qlvb/directory';
import type { Directory } from '@qlvb/directory';
import { accessTo, currentAccess } from '@qlvb/platform-access';
import type { AccessObject, AccessState } from '@qlvb/platform-access';
import { assertSeparate } from '@qlvb/platform-auth';
import type { Actor } from '@qlvb/platform-context';
import type { Database, Tx } from '@qlvb/platform-database';
import { newId } from '@qlvb/shared-domain';
import type { ProblemFactory } from '@qlvb/shared-domain';
import { IsNull, LessThanOrEqual } from 'typeorm';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { AccessRightEntity } from './access-right.entity.ts';
import { hasEnded, namedRight } from './access-right.queries.ts';
import type { NamedRight } from './access-right.queries.ts';

/** An object whose access is changed, and what it is about. */
export interface ByHandObject<Kind extends ObjectKind> extends AccessObject<Kind> {
  readonly subject: string;
}

export interface ObjectRef<Kind extends ObjectKind> {
  readonly kind: Kind;
  readonly id: string;
  /** Thrown when the actor may not even see it; the owner's own when left out. */
  readonly missing?: ProblemFactory;
}

/** In the owner's words. */
export interface ByHandProblems {
  readonly alreadyHeld: ProblemFactory;
  readonly decided: ProblemFactory;
  readonly endPast: ProblemFactory;
  readonly missing: ProblemFactory;
  readonly needed: ProblemFactory;
  readonly notForAdministrators: ProblemFactory;
}

/** What the owner of objects says of them; everything else about rights given by hand is the same for all. */
export interface ByHandOwner<Kind extends ObjectKind, Target extends ByHandObject<Kind>, View> {
  /** What is answered, made in the transaction: the answer is kept with it. */
  readonly view: (named: NamedRight, now: Date) => View;
  readonly problems: ByHandProblems;
  /** Grounds without which an object could not go its way. */
  readonly needed: readonly AccessGround[];
  /** Rights with their names. */
  readonly named: (manager: EntityManager) => SelectQueryBuilder<AccessRightEntity>;
  /**
   * An object, locked, whose access the actor may change by hand.
   *
   * @param act deciding what another proposed may ask for more than proposing
   */
  readonly changeable: (tx: Tx, ref: ObjectRef<Kind>, actor: Actor, act: 'propose' | 'decide') => Promise<Target>;
  /** Tells other services who may see the object now. */
  readonly tell: (tx: Tx, object: Target, state: AccessState<RightTo<Kind>>) => void;
  /** Tells those who may change the access too. */
  readonly notify: (
    tx: Tx,
    object: Target,
    what: 'proposed' | 'withdrawn',
    by: Person,
    person: string,
  ) => Promise<void> | void;
}

/** Whom a right is to be given, why, and until when. */
export interface RightInput {
  readonly postId: string;
  /** In the future; for ever when left out. */
  readonly endsAt?: Date | undefined;
  readonly reason: string;
}

/**
 * Changes of access by hand, on one object: a grant opens nothing until another person confirms it, a withdrawal closes at once.
 *
 * @source NĐ30-PL6-F3b
 * @source NĐ30-PL6-F3c
 */
export class RightsByHand<Kind extends ObjectKind, Target extends ByHandObject<Kind>, View> {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly owner: ByHandOwner<Kind, Target, View>,
  ) {}

  /**
   * @throws the owner's for an object that is missing or not the actor's to change, PostUnknown, notForAdministrators, alreadyHeld,
   *   endPast
   * @source SEC-Z05
   */
  propose(kind: Kind, id: string, input: RightInput, actor: Actor): Promise<View> {
    const { alreadyHeld, endPast } = this.owner.problems;
    return this.database.command(async (tx) => {
      const object = await this.owner.changeable(tx, { kind, id }, actor, 'propose');
      const validUntil = input.endsAt ?? null;
      if (validUntil && validUntil <= tx.now) throw endPast();
      const post = await this.directory.post(input.postId);
      this.#assertReads(post);
      const { userId, postId, unitId, permissions } = post;
      const reader = { userId, postId, unitId, agencyId: tx.agencyId, permissions, permissionVersion: 0 };
      const waiting = { objectKind: kind, objectId: id, principalId: postId, ground: 'by-hand' as const };
      await endExpired(tx, waiting);
      const proposed = await tx.manager.existsBy(AccessRightEntity, { ...waiting, revokedAt: IsNull() } as never);
      if (proposed || (await sees(tx, object, reader))) throw alreadyHeld();
      const givenBy = await this.directory.me();
      const right = Object.assign(new AccessRightEntity(), {
        ...waiting,
        id: newId(),
        agencyId: tx.agencyId,
        objectAt: object.at,
        principalKind: 'post' as const,
        permission: null,
        right: 'read' as const,
        validFrom: tx.now,
        validUntil,
        givenBy,
        reason: input.reason,
        ...UNDECIDED,
      });
      await tx.manager.insert(AccessRightEntity, right);
      audit(tx, 'proposed', right);
      await this.owner.notify(tx, object, 'proposed', givenBy, personOf(post).fullName);
      return this.owner.view({ right, subject: object.subject, name: post.fullName }, tx.now);
    });
  }

  /**
   * Of the post as it is now, whatever it was when the right was proposed.
   *
   * @throws missing, decided, notForAdministrators, DutiesNotSeparate, PostUnknown, and the owner's
   * @source NĐ30-PL6-F3c
   * @source SEC-Z05
   */
  confirm(id: string, actor: Actor): Promise<View> {
    return this.#decide(id, actor, 'decide', async (tx, { right }, me) => {
      this.#assertUndecided(right, tx.now);
      assertByAnother(right, actor);
      this.#assertReads(await this.directory.post(right.principalId));
      const confirmation = { confirmedBy: me, confirmedAt: tx.now };
      Object.assign(right, confirmation);
      await tx.manager.update(AccessRightEntity, { id }, confirmation);
      audit(tx, 'confirmed', right);
      return 'told';
    });
  }

  /** @throws missing, decided, DutiesNotSeparate, and the owner's */
  refuse(id: string, reason: string, actor: Actor): Promise<View> {
    return this.#decide(id, actor, 'decide', async (tx, { right }, me) => {
      this.#assertUndecided(right, tx.now);
      assertByAnother(right, actor);
      await end(tx, right, me, reason, 'refused');
      return 'unchanged';
    });
  }

  /**
   * Closes at once, without a second person; the others are told. Taking back one's own proposal is a withdrawal too.
   *
   * @throws missing, decided, needed, and the owner's
   */
  withdraw(id: string, reason: string, actor: Actor): Promise<View> {
    const { decided, needed } = this.owner.problems;
    return this.#decide(id, actor, 'propose', async (tx, { right, name }, me, object) => {
      if (hasEnded(right, tx.now)) throw decided();
      if (this.owner.needed.includes(right.ground)) throw needed();
      await end(tx, right, me, reason, 'withdrawn');
      if (!right.confirmedAt) return 'unchanged';
      await this.owner.notify(tx, object, 'withdrawn', me, name ?? '');
      return 'told';
    });
  }

  /** The object's lock makes changes of its access follow each other. */
  #decide(
    id: string,
    actor: Actor,
    act: 'propose' | 'decide',
    change: (tx: Tx, found: NamedRight, me: Person, object: Target) => Promise<'told' | 'unchanged'>,
  ): Promise<View> {
    const { missing } = this.owner.problems;
    const named = async (tx: Tx): Promise<NamedRight> => {
      const found = await namedRight(this.owner.named(tx.manager), id);
      if (!found) throw missing();
      return found;
    };
    return this.database.command(async (tx) => {
      const { right } = await named(tx);
      const ref = { kind: right.objectKind as Kind, id: right.objectId, missing };
      const object = await this.owner.changeable(tx, ref, actor, act);
      const found = await named(tx);
      const outcome = await change(tx, found, await this.directory.me(), object);
      if (outcome === 'told') this.owner.tell(tx, object, await currentAccess(tx, object));
      return this.owner.view(found, tx.now);
    });
  }

  #assertUndecided(right: AccessRightEntity, now: Date): void {
    if (right.confirmedAt !== null || hasEnded(right, now)) throw this.owner.problems.decided();
  }

  #assertReads({ permissions }: { readonly permissions: readonly string[] }): void {
    if (administers(permissions)) throw this.owner.problems.notForAdministrators();
  }
}

const UNDECIDED = {
  confirmedAt: null,
  confirmedBy: null,
  revokedAt: null,
  revokedBy: null,
  revokeReason: null,
};

/** @throws DutiesNotSeparate */
function assertByAnother({ givenBy }: AccessRightEntity, { userId }: Actor): void {
  if (givenBy) assertSeparate('right.confirm', [{ act: 'right.give-by-hand', userId: givenBy.userId }], { userId });
}

/** A right whose time is over makes room for another; nobody took it away. */
async function endExpired(
  tx: Tx,
  of: Pick<AccessRightEntity, 'objectKind' | 'objectId' | 'principalId' | 'ground'>,
): Promise<void> {
  await tx.manager.update(
    AccessRightEntity,
    { ...of, revokedAt: IsNull(), validUntil: LessThanOrEqual(tx.now) },
    { revokedAt: tx.now },
  );
}

async function end(
  tx: Tx,
  right: AccessRightEntity,
  revokedBy: Person,
  revokeReason: string,
  what: 'refused' | 'withdrawn',
): Promise<void> {
  const ending = { revokedBy, revokedAt: tx.now, revokeReason };
  Object.assign(right, ending);
  await tx.manager.update(AccessRightEntity, { id: right.id }, ending);
  audit(tx, what, right);
}

function audit(tx: Tx, what: 'proposed' | 'confirmed' | 'refused' | 'withdrawn', row: AccessRightEntity): void {
  const { objectKind, objectId, principalKind, principalId, right, ground, validUntil, reason, revokeReason } = row;
  tx.audit({
    action: `access-right.${what}`,
    resource: { type: 'access-right', id: row.id },
    after: {
      ...{ objectKind, objectId, principalKind, principalId, right, ground },
      ...(validUntil && { endsAt: validUntil.toISOString() }),
      ...(revokeReason === null ? { reason } : { reason: revokeReason }),
    },
  });
}

/** Whether somebody else may see the object already. */
const sees = ({ manager, now }: Tx, { kind, id }: AccessObject<ObjectKind>, reader: Actor): Promise<boolean> => {
  const { on, parameters } = accessTo(kind, reader, now);
  return manager
    .createQueryBuilder()
    .select('1', 'one')
    .from('(SELECT CAST(:objectId AS uuid) AS id)', 'changed')
    .where(on('changed.id'), { ...parameters, objectId: id })
    .getRawOne()
    .then((found) => found !== undefined);
};
