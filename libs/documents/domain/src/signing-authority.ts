import { SignerNotCompetent, SigningGrantInvalid } from './problems.ts';

/** Chế độ thủ trưởng (one head decides) or chế độ tập thể (a body decides, such as a People's Committee). */
export type AgencyRegime = 'single_head' | 'collective';

/** Standing of the signer's post in the agency. */
export type PostRank = 'head' | 'acting_head' | 'deputy_head' | 'unit_head' | 'unit_deputy' | 'other';

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
  /** Lines above the signature, in capitals, for example ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]. */
  readonly lines: readonly string[];
}

/**
 * In which capacity a person signs a document, and the lines printed above the signature.
 *
 * @throws SignerNotCompetent when neither post nor grant covers kind, field and day
 * @source NĐ30-A13-1 the head signs everything, a deputy signs KT. in the assigned field
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
    lines: lines.map((line) => line.toLocaleUpperCase('vi')),
  });

  if (signer.rank === 'head') return answer('own', ...collective, signer.post);
  if (signer.rank === 'acting_head') return answer('acting', ...collective, `Q. ${headPost}`);
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

/**
 * A grant is acceptable when it is limited as the law asks; authority that was received cannot be passed on.
 *
 * @param received grants that the granter himself holds
 * @throws SigningGrantInvalid
 * @source NĐ30-A13-3
 * @source NĐ30-A13-4
 */
export function assertGrantAcceptable(grant: SigningGrant, received: readonly SigningGrant[]): void {
  if (grant.until !== undefined && grant.until < grant.from) throw SigningGrantInvalid({ reason: 'thời hạn ngược' });
  if (grant.form === 'by_authority') {
    if (!grant.document) throw SigningGrantInvalid({ reason: 'thừa ủy quyền phải bằng văn bản' });
    if (!grant.until) throw SigningGrantInvalid({ reason: 'thừa ủy quyền phải giới hạn thời gian' });
    if (!grant.field && grant.kinds.length === 0) {
      throw SigningGrantInvalid({ reason: 'thừa ủy quyền phải giới hạn nội dung' });
    }
    const granterIsGrantee = received.some(
      (held) => held.form === 'by_authority' && held.granteeId === grant.grantedBy && overlap(held, grant),
    );
    if (granterIsGrantee) throw SigningGrantInvalid({ reason: 'người được ủy quyền không được ủy quyền lại' });
  }
  if (grant.form === 'by_order') {
    if (!grant.document) throw SigningGrantInvalid({ reason: 'thừa lệnh phải có trong quy chế làm việc' });
    if (grant.kinds.length === 0) throw SigningGrantInvalid({ reason: 'thừa lệnh phải nêu loại văn bản' });
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
