import { contentsList, handoverTotals, submissionLists } from './handover.ts';
import type { ListedDossier } from './handover.ts';

const dossier = (
  notation: string,
  term: ListedDossier['term'],
  changes: Partial<ListedDossier> = {},
): ListedDossier => ({
  notation,
  title: `Hồ sơ ${notation}`,
  startedOn: '2026-01-05',
  endedOn: '2026-06-12',
  term,
  pageCount: 6,
  fileCount: 3,
  ...changes,
});

describe('SUB-5: submission list', () => {
  it('lists permanent and limited dossiers apart; the permanent list has no column for the term', () => {
    const lists = submissionLists([
      dossier('01', { kind: 'years', years: 20 }),
      dossier('02', { kind: 'permanent' }),
      dossier('03', { kind: 'years', years: 5 }),
    ]);
    expect(lists.permanent).toEqual([
      { ordinal: 1, notation: '02', title: 'Hồ sơ 02', period: '05/01/2026 - 12/06/2026', pageCount: 6, note: '' },
    ]);
    expect(lists.limited.map((row) => [row.ordinal, row.notation, row.term])).toEqual([
      [1, '01', '20 năm'],
      [2, '03', '5 năm'],
    ]);
  });
});

describe('SUB-6, NĐ30-A29-7: contents list', () => {
  it('counts the pages through the dossier', () => {
    const document = (documentCode: string, pageCount: number) => ({
      documentCode,
      issuedOn: '2026-06-12',
      kindName: 'Quyết định',
      subject: 'Về việc ban hành Quy chế',
      author: 'Sở Thông tin và Truyền thông',
      pageCount,
    });
    const rows = contentsList([document('1/QĐ', 3), document('2/QĐ', 1), document('3/QĐ', 2)]);
    expect(rows.map((row) => row.pages)).toEqual(['1-3', '4', '5-6']);
    expect(rows[0]).toMatchObject({ ordinal: 1, issuedOn: '12/06/2026', title: 'Quyết định Về việc ban hành Quy chế' });
  });
});

describe('SUB-4: hand-over record', () => {
  it('counts dossiers and files and spans their time', () => {
    const totals = handoverTotals([
      dossier('01', { kind: 'permanent' }),
      dossier('02', { kind: 'permanent' }, { startedOn: '2025-03-01', endedOn: '2026-12-01', fileCount: 4 }),
    ]);
    expect(totals).toEqual({ dossierCount: 2, fileCount: 7, period: '01/03/2025 - 01/12/2026' });
    expect(handoverTotals([])).toEqual({ dossierCount: 0, fileCount: 0, period: '' });
  });
});
