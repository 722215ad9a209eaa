/** Standing of a post in its agency. */
export type PostRank =
  'head' | 'acting_head' | 'deputy_in_charge' | 'deputy_head' | 'unit_head' | 'unit_deputy' | 'other';

/** A post as the directory knows it; `rank` where somebody stated it. */
export interface RankedPost {
  readonly rank?: PostRank | null | undefined;
  readonly title: string;
  readonly roles: readonly string[];
}

/** What a title adds for a deputy who leads while there is no head; with a field behind it, it means that field. */
export const IN_CHARGE = /[\s,]+(phụ trách|điều hành)$/iu;

/**
 * Standing of a post: as stated, else as role and title say it.
 *
 * @source NĐ30-A13-1 a deputy in charge signs as a deputy
 */
export function rankOf({ rank, title, roles }: RankedPost): PostRank {
  if (rank) return rank;
  const named = title.normalize('NFC').trim().toLocaleLowerCase('vi');
  const isDeputy = /^phó(\s|$)/u.test(named);
  if (roles.includes('leader') && isDeputy) return IN_CHARGE.test(named) ? 'deputy_in_charge' : 'deputy_head';
  if (roles.includes('leader')) return /^(quyền|q\.)\s/u.test(named) ? 'acting_head' : 'head';
  if (roles.includes('unit_head')) return isDeputy ? 'unit_deputy' : 'unit_head';
  return 'other';
}

const HEAD_RANKS: readonly PostRank[] = ['head', 'acting_head', 'deputy_in_charge'];

/** The post leads its agency, as its head or in the head's place. */
export const leadsAgency = (post: RankedPost): boolean => HEAD_RANKS.includes(rankOf(post));
