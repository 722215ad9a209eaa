import {
  AgencyCodeMalformed,
  AgencyCodeTaken,
  AgencyNotFound,
  AgencyOutsideSubtree,
  HostRefused,
} from '@qlvb/identity-domain';
import { canonicalAgencyCode, hostAliasLabels, hostLabel, hostLabelFault, toLegacyAgencyCode } from '@qlvb/vietnam';
import { IsNull, Not } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Agency, AgencyCode } from '../identity.entities.ts';
import type { AgencyInput } from './agencies.dto.ts';

/** @throws AgencyCodeMalformed */
export function codeOf(text: string): string {
  const code = canonicalAgencyCode(text);
  if (code === undefined) throw AgencyCodeMalformed({ code: text });
  return code;
}

/** @throws AgencyCodeTaken also when the code was closed long ago */
export async function assertNewCode(manager: EntityManager, code: string): Promise<void> {
  const legacyCode = toLegacyAgencyCode(code);
  const taken = await manager.findOneBy(AgencyCode, legacyCode ? [{ code }, { legacyCode }] : { code });
  if (taken) throw AgencyCodeTaken({ code });
}

/** @throws AgencyNotFound unless the successor is another agency that is open after the closing day */
export async function assertSuccessor(
  manager: EntityManager,
  id: string,
  { successorId, endsOn }: { readonly successorId: string | null; readonly endsOn: string },
): Promise<void> {
  if (successorId === null) return;
  const successor = successorId === id ? null : await manager.findOneBy(Agency, { id: successorId });
  if (!successor || (successor.validTo !== null && successor.validTo <= endsOn))
    throw AgencyNotFound({ id: successorId });
}

/**
 * First label of the host of a new agency right below the province; proposed by rule, and never changed afterwards.
 *
 * @throws HostRefused
 * @source DOM-01
 * @source DOM-03
 */
export async function newHost(manager: EntityManager, agency: z.output<typeof AgencyInput>): Promise<string> {
  const label = hostLabel(agency) ?? '';
  const owners = await manager.find(Agency, { where: { subdomain: Not(IsNull()) } });
  const taken = new Set(
    owners.flatMap(({ subdomain, symbolAliases }) => [
      subdomain?.replace(/^qlvb-?/, '') ?? '',
      ...hostAliasLabels(symbolAliases),
    ]),
  );
  if (hostLabelFault(label, taken)) throw HostRefused({ shortName: agency.shortName });
  return `qlvb-${label}`;
}

/** @throws AgencyNotFound, AgencyOutsideSubtree; @source IDN-03 */
export async function assertInside(manager: EntityManager, id: string, root: string): Promise<void> {
  const [found] = (await manager.query(
    `WITH RECURSIVE up AS (SELECT id, parent_id FROM agency WHERE id = $1
       UNION ALL SELECT a.id, a.parent_id FROM agency a JOIN up ON a.id = up.parent_id)
     SELECT count(*)::int AS known, bool_or(id = $2) AS inside FROM up`,
    [id, root],
  )) as { known: number; inside: boolean | null }[];
  if (!found?.known) throw AgencyNotFound({ id });
  if (!found.inside) throw AgencyOutsideSubtree();
}
