import type { Permission } from '@qlvb/contracts';
import type { Actor } from '@qlvb/platform-context';
import { idFrom } from '@qlvb/shared-domain';
import { alternate } from '../measure.ts';
import type { Line } from '../measure.ts';
import { AGENCY, FEW, MANY, UNIT } from './made-documents.ts';

export const PAGE = 20;
/** Calls of one search in a round. */
export const SEARCHES = 20;

/** Somebody who reads, and how many documents he sees. */
export type Case = readonly [name: string, actor: Actor, rows: number];

const person = (name: string, unit: string, ...permissions: Permission[]): Actor => ({
  userId: idFrom(`user:${name}`),
  postId: idFrom(`post:${name}`),
  unitId: unit,
  agencyId: AGENCY,
  permissions,
  permissionVersion: 1,
});

export function casesOver(documents: number): readonly Case[] {
  const elsewhere = idFrom('unit:elsewhere');
  return [
    ['a clerk, all registered', person('clerk', elsewhere, 'outgoing-documents.register'), documents],
    [`${FEW} rows`, person('few', elsewhere), FEW],
    [`${MANY} rows`, person('many', elsewhere), MANY],
    ['no rows', person('nobody', elsewhere), 0],
    ['no rows, in a unit whose head has one for every document', person('nobody', UNIT), 0],
  ];
}

/** A word of one document. */
export const rareWord = (documents: number): string => String(Math.floor(documents / 2));

/** Each pair in turn, call after call. */
export const held = (
  what: string,
  count: number,
  ours: () => Promise<unknown>,
  plain: () => Promise<unknown>,
): Promise<Line[]> =>
  alternate(what, count, [
    { name: 'with the access condition', run: ours },
    { name: 'the same without it', run: plain },
  ]);
