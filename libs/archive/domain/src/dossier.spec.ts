import { CLOSING_FAULT_LABELS } from '@qlvb/contracts';
import { addDocument, closeDossier, closingFaults, openDossier } from './dossier.ts';
import type { Dossier, DossierDocument } from './dossier.ts';

const details = {
  agencyCode: 'H46.13',
  year: 2026,
  makerId: 'u1',
  startedOn: '2026-01-05',
  access: 'public' as const,
};
const line = { notation: '01.CNTT', title: 'Quy chế quản lý văn bản', term: { kind: 'years' as const, years: 20 } };
const document = (documentId: string, changes: Partial<DossierDocument> = {}): Omit<DossierDocument, 'ordinal'> => ({
  documentId,
  formedOn: '2026-02-01',
  kindName: 'Quyết định',
  subject: 'Về việc ban hành Quy chế',
  term: { kind: 'years', years: 10 },
  access: 'public',
  isFinal: true,
  fileDigests: [`sha-${documentId}`],
  ...changes,
});
const withDocuments = (...documents: Omit<DossierDocument, 'ordinal'>[]): Dossier =>
  documents.reduce<Dossier>((dossier, each) => addDocument(dossier, each), openDossier(line, details));
const order = (dossier: Dossier): string[] => dossier.documents.map((each) => `${each.ordinal}:${each.documentId}`);

describe('opening a dossier', () => {
  it('NĐ30-A29-1, RET-6: takes number, title and retention from the list', () => {
    expect(openDossier(line, details)).toMatchObject({
      code: 'H46.13.2026.01.CNTT',
      title: 'Quy chế quản lý văn bản',
      term: { kind: 'years', years: 20 },
    });
  });

  it('NĐ30-A29-2: outside the list takes what the person gives, retention perhaps later', () => {
    expect(openDossier({ notation: '99.VP', title: ' Việc đột xuất ', term: null }, details)).toMatchObject({
      title: 'Việc đột xuất',
      term: null,
    });
  });

  it('LAW-14: never for secret material', () => {
    expect(() => openDossier(line, { ...details, access: 'secret' })).toThrow('archive.secret-material-refused');
    expect(() => withDocuments(document('a', { access: 'secret' }))).toThrow('archive.secret-material-refused');
  });
});

describe('documents in a dossier', () => {
  it('NĐ30-PL6-F4e: one document is in many dossiers, once in each', () => {
    const dossier = withDocuments(document('a'));
    expect(() => addDocument(dossier, document('a'))).toThrow('archive.document-already-in-dossier');
    expect(order(addDocument(openDossier({ ...line, notation: '02.CNTT' }, details), document('a')))).toEqual(['1:a']);
  });
});

describe('NĐ30-A29-6: closing checklist', () => {
  it('passes a complete dossier and counts documents and pages', () => {
    expect(closeDossier(withDocuments(document('a'), document('b')), '2026-06-12')).toEqual({
      endedOn: '2026-06-12',
      term: { kind: 'years', years: 20 },
      documentCount: 2,
    });
  });

  it.each([
    ['no-document', openDossier(line, details), []],
    ['no-title', { ...withDocuments(document('a')), title: '' }, []],
    ['no-retention', { ...withDocuments(document('a')), term: null }, []],
    ['duplicate', withDocuments(document('a'), document('b', { fileDigests: ['sha-a'] })), [2]],
    ['scrap-draft', withDocuments(document('a', { isFinal: false })), [1]],
    ['incomplete-document', withDocuments(document('a', { subject: '' })), [1]],
    ['incomplete-document', withDocuments(document('a', { fileDigests: [] })), [1]],
    ['retention-too-short', withDocuments(document('a'), document('b', { term: { kind: 'permanent' } })), [2]],
  ])('finds %s', (code, dossier, ordinals) => {
    expect(closingFaults(dossier, '2026-06-12')).toEqual([{ code, ordinals }]);
    expect(() => closeDossier(dossier, '2026-06-12')).toThrow(
      CLOSING_FAULT_LABELS[code as keyof typeof CLOSING_FAULT_LABELS].en,
    );
  });

  it.each(['2026-01-04', '2026-02-30', ''])('refuses %j as the end of the work', (endedOn) => {
    expect(closingFaults(withDocuments(document('a')), endedOn)[0]?.code).toBe('ends-before-start');
  });

  it('reports all faults together', () => {
    const dossier = {
      ...withDocuments(document('a', { isFinal: false }), document('b', { fileDigests: ['sha-a'] })),
      title: '',
    };
    expect(closingFaults(dossier, '2026-01-01').map((fault) => fault.code)).toEqual([
      'no-title',
      'ends-before-start',
      'duplicate',
      'scrap-draft',
    ]);
  });
});

describe('NĐ30-PL6-T2, NĐ30-PL6-T3: what the older tables cannot hold', () => {});
