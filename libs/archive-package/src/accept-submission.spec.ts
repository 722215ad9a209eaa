import { acceptSubmission } from './accept-submission.ts';
import type { Acceptance } from './accept-submission.ts';
import { checkPackage } from './check/check-package.ts';
import { openBytes, contentsOf, filesOf, zipBytesOf } from './testing/memory.ts';
import { accompanying, sampleSip } from './testing/sample-package.ts';

const acceptance: Acceptance = {
  objectId: 'uuid-1A2B3C4D-5E6F-4071-8293-A4B5C6D7E8F9',
  acceptedAt: new Date('2026-07-01T02:00:00Z'),
  software: { name: 'QLVB', version: '0.1.0' },
  rendering: 'eark',
  preservation: {
    agents: [{ id: 'qlvb', name: 'QLVB', type: 'software', version: '0.1.0' }],
    events: [
      {
        id: '01975f00-0000-7000-8000-0000000000e9',
        type: 'accession',
        at: new Date('2026-07-01T02:00:00Z'),
        outcome: 'success',
        agents: [{ id: 'qlvb', role: 'executing program' }],
      },
    ],
  },
  documentation: [accompanying('bien-ban-giao-nhan.xml', 'text/xml', '<bienBan/>\n')],
};

async function accept(changes: Partial<Acceptance> = {}) {
  const contents = await openBytes(await zipBytesOf(sampleSip()));
  const report = await checkPackage(contents);
  return acceptSubmission(contents, report, { ...acceptance, ...changes });
}

describe('SUB-3 a SIP becomes an AIP when it is accepted', () => {
  it('makes an AIP that passes every check, with the same data files byte by byte', async () => {
    const sip = await filesOf(sampleSip());
    const aip = await filesOf(await accept());
    const report = await checkPackage(contentsOf(aip));
    expect(report.findings).toEqual([]);
    expect(report.stored?.kind).toBe('AIP');
    const data = [...sip.files].filter(([path]) => path.includes('/data/'));
    expect(data).toHaveLength(3);
    for (const [path, bytes] of data) expect(aip.files.get(path)?.equals(bytes)).toBe(true);
  });

  it('PKG-10 keeps METS and metadata as received', async () => {
    const sip = await filesOf(sampleSip());
    const aip = await filesOf(await accept());
    const received = [...sip.files].filter(([path]) => /METS\.xml$|(^|\/)metadata\//.test(path));
    expect(received.length).toBeGreaterThan(4);
    for (const [path, bytes] of received) expect(aip.files.get(`metadata/other/sip/${path}`)?.equals(bytes)).toBe(true);
  });

  it('PKG-8 keeps the original names with their diacritics', async () => {
    const report = await checkPackage(contentsOf(await filesOf(await accept())));
    expect(report.stored?.documents.flatMap((document) => document.files.map((file) => file.originalName))).toEqual([
      '125-QĐ-STTTT.pdf',
      'Phụ lục kèm theo.csv',
      '88-SNV-VP.pdf',
    ]);
  });

  it('gives the dossier its archive code in every place', async () => {
    const aip = await filesOf(await accept({ archiveCode: 'LT01.H46.13.2026.01.CNTT' }));
    const report = await checkPackage(contentsOf(aip));
    expect(report.findings).toEqual([]);
    expect(report.stored?.documents.map((document) => document.fields['docCode'])).toEqual([
      'LT01.H46.13.2026.01.CNTT.0000001',
      'LT01.H46.13.2026.01.CNTT.0000002',
    ]);
    expect(report.stored?.platformRecord?.documents[1]?.docCode).toBe('LT01.H46.13.2026.01.CNTT.0000002');
  });

  it('refuses a package that failed its checks', async () => {
    const found = await filesOf(sampleSip());
    found.files.set('extra.txt', Buffer.from('x'));
    const contents = contentsOf(found);
    const report = await checkPackage(contents);
    expect(() => acceptSubmission(contents, report, acceptance)).toThrow('passed its checks');
  });
});
