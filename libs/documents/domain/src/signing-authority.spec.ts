import { rankOf } from '@qlvb/records';
import {
  assertCompetence,
  assertGrantAcceptable,
  bodyOf,
  competenceOf,
  headPost,
  regimeOf,
  signingAuthority,
} from './signing-authority.ts';
import type { SigningGrant, SigningQuestion } from './signing-authority.ts';

const question: SigningQuestion = {
  signer: { userId: 'u-1', rank: 'head', post: 'Giám đốc' },
  regime: 'single_head',
  kind: 'decision',
  field: 'chuyển đổi số',
  on: '2026-08-28',
  grants: [],
  headPost: 'Giám đốc',
};

const grant: SigningGrant = {
  form: 'for_head',
  granteeId: 'u-1',
  grantedBy: 'u-head',
  kinds: [],
  field: 'chuyển đổi số',
  from: '2026-01-01',
};

describe('signing authority', () => {
  it('NĐ30-A13-1: the head signs everything in his own post', () => {
    expect(signingAuthority(question)).toEqual({ capacity: 'own', regime: 'single_head', lines: ['GIÁM ĐỐC'] });
  });

  it('NĐ30-A13-1: a deputy signs KT. in the assigned field and nowhere else', () => {
    const deputy = { userId: 'u-1', rank: 'deputy_head', post: 'Phó Giám đốc' } as const;
    expect(signingAuthority({ ...question, signer: deputy, grants: [grant] }).lines).toEqual([
      'KT. GIÁM ĐỐC',
      'PHÓ GIÁM ĐỐC',
    ]);
    expect(() => signingAuthority({ ...question, signer: deputy, grants: [grant], field: 'bưu chính' })).toThrow(
      'signer-not-competent',
    );
    expect(() => signingAuthority({ ...question, signer: deputy })).toThrow('signer-not-competent');
  });

  it('NĐ30-A13-1: a deputy in charge signs KT. everything, as the deputy he is', () => {
    const inCharge = { userId: 'u-1', rank: 'deputy_in_charge', post: 'Phó Giám đốc phụ trách' } as const;
    expect(signingAuthority({ ...question, signer: inCharge })).toMatchObject({
      capacity: 'for_head',
      lines: ['KT. GIÁM ĐỐC', 'PHÓ GIÁM ĐỐC'],
    });
  });

  it('NĐ30-A13-1: an acting head signs Q.', () => {
    const acting = { userId: 'u-1', rank: 'acting_head', post: 'Quyền Giám đốc' } as const;
    expect(signingAuthority({ ...question, signer: acting }).lines).toEqual(['Q. GIÁM ĐỐC']);
  });

  it('NĐ30-A13-2: in a collective body the head signs TM., a deputy TM. and KT.', () => {
    const committee = { ...question, regime: 'collective', body: 'Ủy ban nhân dân', headPost: 'Chủ tịch' } as const;
    expect(signingAuthority({ ...committee, signer: { userId: 'u-1', rank: 'head', post: 'Chủ tịch' } }).lines).toEqual(
      ['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'],
    );
    expect(
      signingAuthority({
        ...committee,
        signer: { userId: 'u-1', rank: 'deputy_head', post: 'Phó Chủ tịch' },
        grants: [grant],
      }).lines,
    ).toEqual(['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH']);
  });

  it('NĐ30-A13-3: TUQ. holds inside its scope and time only', () => {
    const authority: SigningGrant = {
      ...grant,
      form: 'by_authority',
      kinds: ['official_letter'],
      field: undefined,
      from: '2026-08-01',
      until: '2026-08-31',
      document: '12/GUQ-STTTT',
    };
    const office = {
      ...question,
      signer: { userId: 'u-1', rank: 'unit_head', post: 'Chánh Văn phòng' },
      kind: 'official_letter',
      grants: [authority],
    } as const;
    expect(signingAuthority(office).lines).toEqual(['TUQ. GIÁM ĐỐC', 'CHÁNH VĂN PHÒNG']);
    expect(() => signingAuthority({ ...office, on: '2026-09-01' })).toThrow('01/09/2026');
    expect(() => signingAuthority({ ...office, kind: 'decision' })).toThrow('signer-not-competent');
  });

  it('NĐ30-A13-3: a TUQ. grant is written, limited in time and content, and not passed on', () => {
    const good: SigningGrant = { ...grant, form: 'by_authority', until: '2026-12-31', document: '12/GUQ-STTTT' };
    assertGrantAcceptable(good, [], '2026-01-01');
    expect(() => assertGrantAcceptable({ ...good, document: undefined }, [], '2026-01-01')).toThrow('in writing');
    expect(() => assertGrantAcceptable({ ...good, until: undefined }, [], '2026-01-01')).toThrow('limited in time');
    expect(() => assertGrantAcceptable({ ...good, field: undefined }, [], '2026-01-01')).toThrow('limited in scope');
    expect(() => assertGrantAcceptable({ ...good, until: '2025-12-31' }, [], '2026-01-01')).toThrow('ends before');
    expect(() =>
      assertGrantAcceptable(good, [{ ...good, granteeId: 'u-head', grantedBy: 'u-0' }], '2026-01-01'),
    ).toThrow('not passed on');
  });

  it('F-05 NĐ30-A13-3, NĐ30-A13-4: no grant begins with a day that is over', () => {
    for (const form of ['for_head', 'by_order', 'by_authority'] as const) {
      const good: SigningGrant = {
        ...grant,
        form,
        kinds: ['invitation'],
        until: '2026-12-31',
        document: '12/GUQ-STTTT',
      };
      assertGrantAcceptable(good, [], '2026-01-01');
      expect(() => assertGrantAcceptable(good, [], '2026-01-02')).toThrow('begins before');
    }
  });

  it('NĐ30-A13-4: TL. names the kinds and its regulation; a unit deputy signs KT. under it', () => {
    const order: SigningGrant = { ...grant, form: 'by_order', kinds: ['invitation'], document: 'Quy chế làm việc' };
    assertGrantAcceptable(order, [], '2026-01-01');
    expect(() => assertGrantAcceptable({ ...order, kinds: [] }, [], '2026-01-01')).toThrow('kinds of documents');
    expect(() => assertGrantAcceptable({ ...order, document: undefined }, [], '2026-01-01')).toThrow(
      'working regulation',
    );
    const deputy = {
      ...question,
      signer: { userId: 'u-1', rank: 'unit_deputy', post: 'Phó Chánh Văn phòng' },
      unitHeadPost: 'Chánh Văn phòng',
      kind: 'invitation',
      grants: [order],
    } as const;
    expect(signingAuthority(deputy).lines).toEqual(['TL. GIÁM ĐỐC', 'KT. CHÁNH VĂN PHÒNG', 'PHÓ CHÁNH VĂN PHÒNG']);
    expect(() => signingAuthority({ ...deputy, kind: 'decision' })).toThrow('signer-not-competent');
  });

  it('NĐ30-A13-2: People’s Committees and Councils decide together, whatever the letter form; offices of theirs do not', () => {
    for (const name of ['Ủy ban nhân dân xã Võ Ninh', 'Uỷ ban nhân dân', 'Hội đồng nhân dân tỉnh'.normalize('NFD')]) {
      expect(regimeOf(name)).toBe('collective');
    }
    for (const name of ['Sở Nội vụ', 'Văn phòng Ủy ban nhân dân tỉnh', 'Ủy ban nhân dânx']) {
      expect(regimeOf(name)).toBe('single_head');
    }
    expect(bodyOf('Ủy ban nhân dân huyện Quảng Ninh')).toBe('Ủy ban nhân dân');
  });

  it.each([
    ['leader', 'Giám đốc', 'head'],
    ['leader', 'Phó Giám đốc', 'deputy_head'],
    ['leader', 'Phó Giám đốc phụ trách', 'deputy_in_charge'],
    ['leader', 'Phó Chủ tịch, điều hành', 'deputy_in_charge'],
    ['leader', 'Phó Giám đốc phụ trách bưu chính', 'deputy_head'],
    ['leader', 'Quyền Giám đốc', 'acting_head'],
    ['unit_head', 'Trưởng phòng', 'unit_head'],
    ['unit_head', 'Phó Trưởng phòng', 'unit_deputy'],
    ['officer', 'Chuyên viên', 'other'],
  ])('NĐ30-A13-1: a %s who is %s stands as %s unless somebody states otherwise', (role, title, rank) => {
    expect(rankOf({ title, roles: [role] })).toBe(rank);
    expect(rankOf({ title: title.normalize('NFD'), roles: [role], rank: null })).toBe(rank);
    expect(rankOf({ title, roles: [role], rank: 'unit_head' })).toBe('unit_head');
  });

  it('NĐ30-A13-1: the head’s post is printed without the word for acting', () => {
    const deputy = { title: 'Phó Chủ tịch', roles: ['leader'] };
    expect(headPost([deputy, { title: 'Chủ tịch', roles: ['leader'] }])).toBe('Chủ tịch');
    expect(headPost([deputy, { title: 'Quyền Chủ tịch', roles: ['leader'] }])).toBe('Chủ tịch');
    expect(headPost([deputy])).toBeUndefined();
    expect(headPost([deputy, { title: 'Phó Chủ tịch phụ trách', roles: ['leader'] }])).toBe('Chủ tịch');
  });

  it.each([
    ['own', 'single_head', 'none'],
    ['own', 'collective', 'TM'],
    ['acting', 'collective', 'Q'],
    ['for_head', 'collective', 'KT'],
    ['by_order', 'single_head', 'TL'],
    ['by_authority', 'single_head', 'TUQ'],
  ] as const)(
    'NĐ30-A13-1, NĐ30-A13-2: %s in an agency with %s is %s, and a draft that says otherwise is refused',
    (capacity, regime, competence) => {
      const authority = { capacity, regime, lines: ['X'] };
      expect(competenceOf(authority)).toBe(competence);
      assertCompetence(competence, authority);
      expect(() => assertCompetence(competence === 'KT' ? 'TL' : 'KT', authority)).toThrow(
        'documents.signing-form-wrong',
      );
    },
  );
});
