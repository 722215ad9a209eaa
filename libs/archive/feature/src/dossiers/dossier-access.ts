import type { DossierRole } from '@qlvb/archive-domain';
import type { DossierRight, Person } from '@qlvb/contracts';
import type { AccessGrant } from '@qlvb/platform-access';

/** In which capacity a right lets somebody act on a dossier. */
const CAPACITIES: Partial<Record<DossierRight, DossierRole>> = {
  keep: 'maker',
  reopen: 'unit_head',
  archive: 'archivist',
};

export const capacitiesOf = (rights: readonly DossierRight[]): DossierRole[] =>
  rights.flatMap((right) => CAPACITIES[right] ?? []);

/**
 * Who has to do with a dossier from its opening: who keeps it, who answers for the unit, and the leader who approved the list
 * that it stands on. The archive has a standing right.
 *
 * @source NĐ30-A28-1
 * @source NĐ30-A29-1
 * @source EX-HS-2
 */
export function openingGrants(
  maker: Person,
  unitId: string | undefined,
  listApprovedBy: Person | null,
): AccessGrant<DossierRight>[] {
  const person = { principalKind: 'person' } as const;
  return [
    { ...person, principalId: maker.userId, right: 'keep', ground: 'keeps' },
    ...(unitId === undefined
      ? []
      : [
          {
            principalKind: 'unit' as const,
            principalId: unitId,
            permission: 'outgoing-documents.content-check' as const,
            right: 'reopen' as const,
            ground: 'heads-unit' as const,
          },
        ]),
    ...(listApprovedBy === null
      ? []
      : [{ ...person, principalId: listApprovedBy.userId, right: 'read', ground: 'approved-list' } as const]),
  ];
}
