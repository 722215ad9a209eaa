import { COMPETENCE_LABELS, SIGNING_GRANT_REASONS } from '@qlvb/contracts';
import { IN_CHARGE, rankOf } from '@qlvb/records';
import type { PostRank, RankedPost } from '@qlvb/records';
import { SignerNotCompetent, SigningFormWrong, SigningGrantInvalid } from './signing-authority.problems.ts';

/** Chế độ thủ trưởng (one head decides) or chế độ tập thể (a body decides, such as a People's Committee). */
export type AgencyRegime = 'single_head' | 'collective';

export interface Signer {
  readonly userId: string;
  readonly rank: PostRank;
  /** Tên chức vụ, for example "Phó Giám đốc". */
  readonly post: string;
}

/** A recorded grant: a deputy's field (KT.), an order (TL.) or an authority (TUQ.). Dates are yyyy-MM-dd, inclusive. */
export interface SigningGrant {
  readonly form: 'for_head' | 'by_order' | 'by_authority';
  readonly granteeId: string;
  readonly grantedBy: string;
  /** Kinds that the grant covers; empty for every kind. */
  readonly kinds: readonly string[];
  /** Field of work (lĩnh vực) or written scope that the grant covers; undefined for all. */
  readonly field?: string | undefined;
  readonly from: string;
  readonly until?: string | undefined;
  /** The written document (TUQ.) or the working regulation (TL.) on which the grant rests. */
  readonly document?: string | undefined;
}

export interface SigningQuestion {
  readonly signer: Signer;
  readonly regime: AgencyRegime;
  readonly kind: string;
  readonly field?: string | undefined;
  /** Date of signing in Vietnam, yyyy-MM-dd. */
  readonly on: string;
  readonly grants: readonly SigningGrant[];
  /** "Ủy ban nhân dân": the body on whose behalf a collective agency signs. */
  readonly body?: string | undefined;
  /** Post of the head, printed after KT., TL. and TUQ. */
  readonly headPost: string;
  /** Post of the unit's head, printed when a unit's deputy signs for him under TL. */
  readonly unitHeadPost?: string | undefined;
}

export type SigningCapacity = 'own' | 'acting' | 'for_head' | 'by_order' | 'by_authority';

export interface SigningAuthority {
  readonly capacity: SigningCapacity;
  readonly regime: AgencyRegime;
  /** Lines above the signature, in capitals, for example ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]. */
  readonly lines: readonly string[];
}

/**
 * In which capacity a person signs a document, and the lines printed above the signature.
 *
 * @throws SignerNotCompetent when neither post nor grant covers kind, field and day
 * @source NĐ30-A13-1 the head signs everything, a deputy KT. in the assigned field, a deputy in charge KT. everything
 * @source NĐ30-A13-2 a collective body's head signs TM.
 * @source NĐ30-A13-3 TUQ. inside the written grant
 * @source NĐ30-A13-4 TL. for the kinds laid down, a unit's deputy signs KT. the unit's head
 */
export function signingAuthority(question: SigningQuestion): SigningAuthority {
  const { signer, regime, headPost, on } = question;
  const collective = regime === 'collective' ? [`TM. ${question.body ?? ''}`.trim()] : [];
  const covering = question.grants.find((grant) => covers(grant, question));
  const answer = (capacity: SigningCapacity, ...lines: string[]): SigningAuthority => ({
    capacity,
    regime,
    lines: lines.map((line) => line.toLocaleUpperCase('vi')),
  });

  if (signer.rank === 'head') return answer('own', ...collective, signer.post);
  if (signer.rank === 'acting_head') return answer('acting', ...collective, `Q. ${headPost}`);
  if (signer.rank === 'deputy_in_charge') {
    return answer('for_head', ...collective, `KT. ${headPost}`, withoutCharge(signer.post));
  }
  if (signer.rank === 'deputy_head' && covering?.form === 'for_head') {
    return answer('for_head', ...collective, `KT. ${headPost}`, signer.post);
  }
  if (covering?.form === 'by_order') {
    const forUnitHead = signer.rank === 'unit_deputy' ? [`KT. ${question.unitHeadPost ?? ''}`.trim()] : [];
    return answer('by_order', `TL. ${headPost}`, ...forUnitHead, signer.post);
  }
  if (covering?.form === 'by_authority') return answer('by_authority', `TUQ. ${headPost}`, signer.post);
  throw SignerNotCompetent({ on });
}

/** How a draft names the way of signing (quyền hạn ký). */
export type Competence = 'none' | 'TM' | 'Q' | 'KT' | 'TL' | 'TUQ';

const COMPETENCE: Readonly<Record<Exclude<SigningCapacity, 'own'>, Competence>> = {
  acting: 'Q',
  for_head: 'KT',
  by_order: 'TL',
  by_authority: 'TUQ',
};

export const competenceOf = ({ capacity, regime }: Pick<SigningAuthority, 'capacity' | 'regime'>): Competence =>
  capacity === 'own' ? (regime === 'collective' ? 'TM' : 'none') : COMPETENCE[capacity];

/**
 * A draft names the way in which its signer may sign, and no other: what is printed above the signature follows from it.
 *
 * @throws SigningFormWrong
 * @source NĐ30-A13-1
 * @source NĐ30-A13-2
 */
export function assertCompetence(stated: Competence, authority: SigningAuthority): void {
  const competence = competenceOf(authority);
  if (stated !== competence)
    throw SigningFormWrong({
      competence: COMPETENCE_LABELS[competence],
      lines: authority.lines.join(' / '),
    });
}

const withoutCharge = (post: string): string => post.normalize('NFC').trim().replace(IN_CHARGE, '');

const COLLECTIVE = /^(ủy ban nhân dân|uỷ ban nhân dân|hội đồng nhân dân)(?=\s|$)/iu;

/** People's Committees and Councils decide together; every other agency has one head. @source NĐ30-A13-2 */
export const regimeOf = (agencyName: string): AgencyRegime =>
  bodyOf(agencyName) === undefined ? 'single_head' : 'collective';

/** On whose behalf a collective agency signs, without its place. */
export const bodyOf = (agencyName: string): string | undefined => COLLECTIVE.exec(agencyName.normalize('NFC'))?.[1];

/** The head's post as printed after KT., TL. and TUQ., from the posts of the agency; undefined while nobody holds it. */
export function headPost(posts: readonly RankedPost[]): string | undefined {
  const held = (rank: PostRank): string | undefined => posts.find((post) => rankOf(post) === rank)?.title;
  const acting = held('acting_head')?.replace(/^(quyền|q\.)\s+/iu, '');
  const inCharge = held('deputy_in_charge');
  return held('head') ?? acting ?? (inCharge && withoutCharge(inCharge).replace(/^phó\s+/iu, ''));
}

/**
 * A grant is acceptable when it is limited as the law asks; authority that was received cannot be passed on.
 *
 * @param received grants that the granter himself holds
 * @param today the present day in Vietnam, yyyy-MM-dd
 * @throws SigningGrantInvalid
 * @source NĐ30-A13-3
 * @source NĐ30-A13-4
 */
export function assertGrantAcceptable(grant: SigningGrant, received: readonly SigningGrant[], today: string): void {
  // Nobody becomes competent for what was signed before.
  if (grant.from < today) throw SigningGrantInvalid({ reason: SIGNING_GRANT_REASONS['starts-before-today'] });
  if (grant.until !== undefined && grant.until < grant.from)
    throw SigningGrantInvalid({ reason: SIGNING_GRANT_REASONS['ends-before-start'] });
  if (grant.form === 'by_authority') {
    if (!grant.document) throw SigningGrantInvalid({ reason: SIGNING_GRANT_REASONS['authority-not-written'] });
    if (!grant.until) throw SigningGrantInvalid({ reason: SIGNING_GRANT_REASONS['authority-without-end'] });
    if (!grant.field && grant.kinds.length === 0) {
      throw SigningGrantInvalid({ reason: SIGNING_GRANT_REASONS['authority-without-scope'] });
    }
    const granterIsGrantee = received.some(
      (held) => held.form === 'by_authority' && held.granteeId === grant.grantedBy && overlap(held, grant),
    );
    if (granterIsGrantee) throw SigningGrantInvalid({ reason: SIGNING_GRANT_REASONS['authority-passed-on'] });
  }
  if (grant.form === 'by_order') {
    if (!grant.document) throw SigningGrantInvalid({ reason: SIGNING_GRANT_REASONS['order-not-in-rules'] });
    if (grant.kinds.length === 0) throw SigningGrantInvalid({ reason: SIGNING_GRANT_REASONS['order-without-kinds'] });
  }
}

function covers(grant: SigningGrant, { signer, kind, field, on }: SigningQuestion): boolean {
  return (
    grant.granteeId === signer.userId &&
    grant.from <= on &&
    (grant.until === undefined || on <= grant.until) &&
    (grant.kinds.length === 0 || grant.kinds.includes(kind)) &&
    (grant.field === undefined || grant.field === field)
  );
}

const overlap = (a: SigningGrant, b: SigningGrant): boolean =>
  a.from <= (b.until ?? '9999-12-31') && b.from <= (a.until ?? '9999-12-31');
