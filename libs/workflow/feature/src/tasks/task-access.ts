import type { Permission } from '@qlvb/contracts';
import type { VisibleDocuments } from '@qlvb/document-access';
import type { Actor } from '@qlvb/platform-context';
import type { RowAccess } from '@qlvb/platform-database';
import type { SelectQueryBuilder } from 'typeorm';
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

/** Of the person's roles; which unit the role is asked for in stands in the task. */
const parameters = (actor: Actor): Record<string, unknown> => ({
  taskUser: actor.userId,
  taskRoles: rolesOf(actor),
  taskUnit: actor.unitId ?? null,
});

/** Assigned to the person, or to a role of theirs in their unit. @source QB-A9-3b */
const mine = (alias: string): string =>
  `(${alias}.assigneeId = :taskUser OR (${alias}.assigneeId IS NULL AND ${alias}.role = ANY(:taskRoles)
    AND (${alias}.unitId IS NULL OR ${alias}.unitId = :taskUnit)))`;

/** Of an instruction that the person gave or was appointed to follow. @source NĐ30-A24-1 @source NĐ30-PL6-F1m */
const followed = (alias: string): string =>
  `${alias}.instructionId IN (SELECT id FROM instruction
    WHERE :taskUser::text IN (issued_by->>'userId', follow_up->>'userId'))`;

/** Closed to him with the document that was withdrawn from him; an instruction since then opens both. @source NĐ30-PL6-F3b */
const open = (own: string, alias: string, { withdrawn }: VisibleDocuments): string =>
  `(${own} AND NOT ${withdrawn(`${alias}.documentId`)})`;

/** What makes a task one of the person's lists. */
export const onlyOf = (
  builder: SelectQueryBuilder<Task>,
  alias: string,
  scope: 'mine' | 'followed',
  actor: Actor,
  documents: VisibleDocuments,
): SelectQueryBuilder<Task> =>
  builder.andWhere(open(scope === 'mine' ? mine(alias) : followed(alias), alias, documents), {
    ...parameters(actor),
    ...documents.parameters,
  });

const TASK_RIGHTS = ['perform', 'urge'] as const;
export type TaskRight = (typeof TASK_RIGHTS)[number];

/**
 * A task is seen by whose it is and by who follows it, unless its document was withdrawn from them, and by who may see its document;
 * the first performs it, the second urges.
 *
 * @source SEC-Z02
 */
export const tasksOf = (actor: Actor, documents: VisibleDocuments): RowAccess<TaskRight> => ({
  where: (alias) =>
    `(${open(`(${mine(alias)} OR ${followed(alias)})`, alias, documents)} OR ${documents.where(alias)})`,
  rights: {
    every: TASK_RIGHTS,
    sql: (alias) =>
      `array_remove(ARRAY[CASE WHEN ${mine(alias)} THEN 'perform' END, CASE WHEN ${followed(alias)} THEN 'urge' END], NULL)`,
  },
  parameters: { ...parameters(actor), ...documents.parameters },
});
