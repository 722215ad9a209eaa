import { addEntry, performDossierListAct, printedList, requireComplete } from './dossier-list.ts';
import type { DossierList } from './dossier-list.ts';

const list = (numbering: DossierList['numbering']): DossierList => ({
  year: 2026,
  numbering,
  headings: [
    { title: 'Tổ chức cán bộ', abbreviation: 'TCCB' },
    { title: 'Công nghệ thông tin', abbreviation: 'CNTT' },
  ],
  entries: [],
});
const line = (heading: number, title: string) => ({
  heading,
  title,
  term: { kind: 'years' as const, years: 20 },
  makerId: 'u1',
});
const filled = (numbering: DossierList['numbering']): DossierList =>
  [line(0, 'Nâng lương'), line(1, 'Quy chế'), line(1, 'Trục liên thông')].reduce(
    (made, each) => addEntry(made, each),
    list(numbering),
  );

describe('NĐ30-PL5-I.2: numbering of a dossier list', () => {
  it('runs through the whole list, or starts again under each heading', () => {
    expect(filled('whole_list').entries.map((entry) => entry.notation)).toEqual(['01.TCCB', '02.CNTT', '03.CNTT']);
    expect(filled('per_heading').entries.map((entry) => entry.notation)).toEqual(['01.TCCB', '01.CNTT', '02.CNTT']);
  });

  it('takes a number of the maker, once', () => {
    const made = addEntry(filled('whole_list'), { ...line(0, 'Khác'), notation: '10.TCCB' });
    expect(addEntry(made, line(1, 'Sau')).entries.at(-1)?.notation).toBe('11.CNTT');
    expect(() => addEntry(made, { ...line(0, 'Trùng'), notation: '10.TCCB' })).toThrow('archive.notation-taken');
  });
});

describe('NĐ30-PL5-I.1: contents of a dossier list', () => {
  it('needs headings, titles and makers', () => {
    expect(() => requireComplete(filled('whole_list'))).not.toThrow();
    expect(() => requireComplete(list('whole_list'))).toThrow('archive.dossier-list-incomplete');
    expect(() => requireComplete(addEntry(filled('whole_list'), { ...line(0, ' '), makerId: '' }))).toThrow(
      'người lập',
    );
    expect(() => addEntry(list('whole_list'), line(7, 'x'))).toThrow('đề mục');
  });

  it('NĐ30-PL5-II: is printed with Roman headings and totals', () => {
    const made = addEntry(filled('whole_list'), { ...line(1, 'Vĩnh viễn'), term: { kind: 'permanent' } });
    const printed = printedList(made);
    expect(printed.rows.map((row) => row.title)).toEqual([
      'I. Tổ chức cán bộ',
      'Nâng lương',
      'II. Công nghệ thông tin',
      'Quy chế',
      'Trục liên thông',
      'Vĩnh viễn',
    ]);
    expect([printed.permanent, printed.limited]).toEqual([1, 3]);
    expect(printed.rows[1]?.term).toBe('20 năm');
  });
});

describe('NĐ30-A28-1: the head approves the list', () => {
  it('is edited as a draft, approved by the head, replaced by its next version', () => {
    expect(performDossierListAct('draft', 'edit', ['archivist'])).toBe('draft');
    expect(performDossierListAct('draft', 'approve', ['head'])).toBe('approved');
    expect(performDossierListAct('approved', 'supersede', ['system'])).toBe('superseded');
    expect(() => performDossierListAct('draft', 'approve', ['archivist'])).toThrow('archive.act-not-yours');
    expect(() => performDossierListAct('approved', 'edit', ['archivist'])).toThrow('approved');
  });
});
