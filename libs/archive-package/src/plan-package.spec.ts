import { filesOf } from './testing/memory.ts';
import { sampleAip, sampleSip, sourceFile } from './testing/sample-package.ts';
import { planPackage } from './plan-package.ts';

describe('PKG-1 one model, two renderings', () => {
  it.each([
    ['SIP', sampleSip],
    ['AIP', sampleAip],
  ])('V14 an %s has the same bytes in both but for its METS files', async (_kind, sample) => {
    const eark = await filesOf(sample({ rendering: 'eark' }));
    const tt05 = await filesOf(sample({ rendering: 'tt05' }));
    const differing = [...eark.files]
      .filter(([path, bytes]) => !tt05.files.get(path)?.equals(bytes))
      .map(([path]) => path);
    expect(differing).toEqual(['METS.xml', 'representations/rep1/METS.xml']);
    expect([...tt05.files.keys()]).toEqual([...eark.files.keys()]);
  });

  it('AIPM1 names the root folder after the object id; the letter of the circular makes it a URN', () => {
    expect(planPackage(sampleAip()).folder).toBe('uuid-1A2B3C4D-5E6F-4071-8293-A4B5C6D7E8F9');
    const plan = planPackage(sampleAip({ rendering: 'tt05' }));
    expect(plan.objectId).toBe('urn:uuid:1A2B3C4D-5E6F-4071-8293-A4B5C6D7E8F9');
    expect(plan.folder).toBe('urn_uuid_1A2B3C4D-5E6F-4071-8293-A4B5C6D7E8F9');
  });
});

describe('planPackage', () => {
  it('PKG-5 always has documentation and schemas, and says so in METS', async () => {
    const { files } = await filesOf(sampleSip());
    expect([...files.keys()].filter((path) => /^(documentation|schemas)\//.test(path))).toEqual([
      'documentation/muc-luc-ho-so.xml',
      'schemas/EAD.xsd',
      'schemas/EAD_doc.xsd',
      'schemas/QLVB.xsd',
    ]);
  });

  it('PKG-8, FMT-4 names data files by code and ordinal in ASCII', async () => {
    const { files } = await filesOf(sampleSip());
    expect([...files.keys()].filter((path) => path.includes('/data/'))).toEqual([
      'representations/rep1/data/H46.13.2026.01.CNTT.0000001.01.csv',
      'representations/rep1/data/H46.13.2026.01.CNTT.0000001.pdf',
      'representations/rep1/data/H46.13.2026.01.CNTT.0000002.pdf',
    ]);
  });

  it('PKG-2 names software, fonds, submitter, archive and both record ids', async () => {
    const mets = (await filesOf(sampleSip())).files.get('METS.xml')?.toString() ?? '';
    expect(mets.match(/<agent ROLE="[A-Z]+" TYPE="[A-Z]+"/g)).toEqual([
      '<agent ROLE="CREATOR" TYPE="OTHER"',
      '<agent ROLE="ARCHIVIST" TYPE="ORGANIZATION"',
      '<agent ROLE="CREATOR" TYPE="ORGANIZATION"',
      '<agent ROLE="PRESERVATION" TYPE="ORGANIZATION"',
    ]);
    expect(mets).toContain('<altRecordID TYPE="SUBMISSIONAGREEMENT">NL-2026-0001</altRecordID>');
    expect(mets).toContain('<altRecordID TYPE="REFERENCECODE">H46.13.2026.01.CNTT</altRecordID>');
  });

  it('PKG-7, V20 refuses more files or bytes than one package may hold', () => {
    const sip = sampleSip();
    expect(() => planPackage(sip, { maxFiles: 2, maxBytes: 1e9, maxMetsBytes: 1e9 })).toThrow('3 files');
    expect(() => planPackage(sip, { maxFiles: 10, maxBytes: 10, maxMetsBytes: 1e9 })).toThrow('bytes');
    expect(() => planPackage(sip, { maxFiles: 10, maxBytes: 1e9, maxMetsBytes: 100 })).toThrow('METS');
  });

  it('MD-3, V19 names field and limit when a text is too long, and cuts nothing', () => {
    const sip = sampleSip();
    const tooLong = { ...sip, dossier: { ...sip.dossier, title: 'ữ'.repeat(1001) } };
    expect(() => planPackage(tooLong)).toThrow('title has 1001 characters, the limit is 1000');
    expect(() =>
      planPackage({ ...sip, dossier: { ...sip.dossier, title: 'ữ'.repeat(1000).normalize('NFD') } }),
    ).not.toThrow();
  });

  it.each([
    ['no document', { documents: [] }],
    ['an object id of another form', { objectId: 'dossier-1' }],
  ])('refuses a package with %s', (_what, changes) => {
    expect(() => planPackage(sampleSip(changes))).toThrow(
      expect.objectContaining({ code: 'archive-package.incomplete' }),
    );
  });

  it('AIPM5 refuses an AIP without preservation record', () => {
    const { preservation, ...aip } = sampleAip();
    expect(preservation).toBeDefined();
    expect(() => planPackage(aip)).toThrow('preservation record');
  });

  it('PKG-14 PREMIS holds digest, format, original name, signature and the roles of those who acted', async () => {
    const sip = sampleSip();
    const [first] = sip.documents;
    if (!first) throw new Error('the sample has documents');
    const signed = {
      ...sourceFile('Quyết định.pdf', 'application/pdf', '%PDF-1.7'),
      format: { name: 'PDF', version: '1.7', pronomId: 'fmt/276' },
      signatures: [
        {
          signer: 'Nguyễn Văn A',
          method: 'RSASSA-PSS with SHA-256',
          valueBase64: 'AAAA',
          validationRules: 'ETSI EN 319 102-1',
          properties: 'TOTAL-PASSED',
        },
      ],
    };
    const { files } = await filesOf({ ...sip, documents: [{ ...first, files: [signed] }] });
    const rep = files.get('representations/rep1/metadata/preservation/PREMIS_rep1.xml')?.toString() ?? '';
    for (const part of [
      'fmt/276',
      '<originalName>Quyết định.pdf</originalName>',
      '<signer>Nguyễn Văn A</signer>',
      signed.sha256.toUpperCase(),
    ]) {
      expect(rep).toContain(part);
    }
    const whole = files.get('metadata/preservation/PREMIS.xml')?.toString() ?? '';
    expect(whole).toContain('<linkingAgentRole>executing program</linkingAgentRole>');
    expect(whole).toContain('<linkingObjectRole>outcome</linkingObjectRole>');
  });
});
