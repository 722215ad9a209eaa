import type { Permission } from '@qlvb/contracts';
import type { Actor } from '@qlvb/platform-context';
import type { RowAccess } from '@qlvb/platform-database';
import type { EntityManager, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { InstructionEntity } from '../instructions/instruction.entity.ts';
import type { Task } from './task.entity.ts';

/** The permission that stands for each role of the definitions. */
export const ROLE_PERMISSION: Readonly<Record<string, Permission>> = {
  unit_head: 'outgoing-documents.content-check',
  layout_checker: 'outgoing-documents.layout-check',
  clerk: 'outgoing-documents.register',
  leader: 'instructions.issue',
};

const rolesOf = (actor: Actor): string[] =>
  Object.entries(ROLE_PERMISSION)
    .filter(([, permission]) => actor.permissions.includes(permission))
    .map(([role]) => role);

/**
 * Assigned to the person, or to a role of theirs in their unit.
 *
 * @source QB-A9-3b
 */
export const isMine = (task: Pick<Task, 'assigneeId' | 'role' | 'unitId'>, actor: Actor): boolean =>
  task.assigneeId === null
    ? rolesOf(actor).includes(task.role ?? '') && (task.unitId === null || task.unitId === actor.unitId)
    : task.assigneeId === actor.userId;

/** The same as a condition of a query over rows with assignee, role and unit. */
export const mine = (actor: Actor): RowAccess => ({
  where: (alias) =>
    `(${alias}.assigneeId = :user OR (${alias}.assigneeId IS NULL AND ${alias}.role = ANY(:roles)
      AND (${alias}.unitId IS NULL OR ${alias}.unitId = :unit)))`,
  parameters: { user: actor.userId, roles: rolesOf(actor), unit: actor.unitId ?? null },
});

export const onlyMine = <T extends ObjectLiteral>(
  builder: SelectQueryBuilder<T>,
  alias: string,
  actor: Actor,
): SelectQueryBuilder<T> => builder.andWhere(mine(actor).where(alias)).setParameters(mine(actor).parameters);

/**
 * Tasks of instructions that the person gave or was appointed to follow.
 *
 * @source NĐ30-A24-1
 * @source NĐ30-PL6-F1m
 */
export const onlyFollowed = (
  builder: SelectQueryBuilder<Task>,
  alias: string,
  actor: Actor,
): SelectQueryBuilder<Task> =>
  builder.andWhere(
    `${alias}.instructionId IN (SELECT id FROM instruction
      WHERE issued_by->>'userId' = :follower OR follow_up->>'userId' = :follower)`,
    { follower: actor.userId },
  );

/** Whether the person gave this task or was appointed to follow it. */
export async function follows(
  manager: EntityManager,
  task: Pick<Task, 'instructionId'>,
  actor: Actor,
): Promise<boolean> {
  if (task.instructionId === null) return false;
  const instruction = await manager.findOneBy(InstructionEntity, { id: task.instructionId });
  return [instruction?.issuedBy, instruction?.followUp].some((person) => person?.userId === actor.userId);
}
