import { contentsOf, filesOf } from '../testing/memory.ts';
import { sampleAip, sampleSip, sourceFile } from '../testing/sample-package.ts';
import type { DossierPackage } from '../model.ts';
import { checkPackage, EXPECTED_FINDINGS } from './check-package.ts';

type Files = Awaited<ReturnType<typeof filesOf>>;

async function findingsAfter(change: (found: Files) => void, pack: DossierPackage = sampleSip()) {
  const found = await filesOf(pack);
  change(found);
  const { findings } = await checkPackage(contentsOf(found));
  return findings.filter((finding) => finding.level === 'error').map(({ code, rule, field }) => rule ?? field ?? code);
}

const edit =
  (path: string, from: string | RegExp, to: string) =>
  ({ files }: Files): void => {
    const text = files.get(path)?.toString('utf8') ?? '';
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`nothing to change in ${path}`);
    files.set(path, Buffer.from(changed));
  };

const ROOT = 'METS.xml';
const EAD = 'metadata/descriptive/EAD.xml';
const REP = 'representations/rep1';
const PDF = `${REP}/data/H46.13.2026.01.CNTT.0000001.pdf`;

/** One fault in one METS file, and the rule that must name it; a changed representation METS also fails its digest. */
const METS_FAULTS: readonly (readonly [rule: string, from: string | RegExp, to: string])[] = [
  ['CSIP1', /OBJID="[^"]+"/, 'OBJID="other"'],
  ['CSIP2', 'TYPE="Mixed"', 'TYPE="MIXED"'],
  ['CSIP7', / CREATEDATE="[^"]+"/, ''],
  ['CSIP9', 'OAISPACKAGETYPE="SIP"', 'OAISPACKAGETYPE="ZIP"'],
  ['CSIP10', 'OTHERTYPE="SOFTWARE"', 'OTHERTYPE="HARDWARE"'],
  ['CSIP16', 'SOFTWARE VERSION', 'IDENTIFICATIONCODE'],
  ['SIP2', /PROFILE="[^"]+"/, 'PROFILE="https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml"'],
  ['SIP15', 'ROLE="PRESERVATION"', 'ROLE="CREATOR"'],
  ['CSIP18', /<dmdSec ID="[^"]+"/, '<dmdSec'],
  ['CSIP22', /(<mdRef [^>]*)LOCTYPE="URL"/, '$1LOCTYPE="PURL"'],
  ['CSIP30', /(<mdRef [^>]*)CHECKSUMTYPE="SHA-256"/, '$1CHECKSUMTYPE="MD5"'],
  ['CSIP43', /(<digiprovMD [^>]*>\s*<mdRef [^>]*) CHECKSUM="[^"]+"/, '$1'],
  ['CSIP59', /<fileSec ID="[^"]+"/, '<fileSec'],
  ['CSIP64', / USE="Documentation"/, ''],
  ['CSIP68', /(<file [^>]*) MIMETYPE="[^"]+"/, '$1'],
  ['CSIP72', /(<file [^>]*)CHECKSUMTYPE="SHA-256"/, '$1CHECKSUMTYPE="MD5"'],
  ['CSIP81', 'TYPE="PHYSICAL"', 'TYPE="LOGICAL"'],
  ['CSIP82', 'LABEL="CSIP"', 'LABEL="OTHER"'],
  ['CSIP88', 'LABEL="Metadata"', 'LABEL="Metadaten"'],
  ['CSIP108', /xlink:title="[^"]+"/, 'xlink:title="x"'],
  ['CSIP109', /<mptr [^>]*>/, ''],
];

describe('SUB-13 structure of a package handed in', () => {
  it.each([
    ['SIP', 'eark', sampleSip()],
    ['SIP with PREMIS and a METS in its letter', 'tt05', sampleSip({ rendering: 'tt05' })],
    ['AIP', 'eark', sampleAip()],
  ])('finds nothing wrong with our own %s (%s) but what the rendering brings', async (_kind, rendering, pack) => {
    const report = await checkPackage(contentsOf(await filesOf(pack)));
    const rules = new Set(report.findings.map((finding) => finding.rule));
    expect([...rules]).toEqual(rendering === 'tt05' ? ['SIP2'] : []);
    expect(report.stored?.documents.map((document) => document.files.length)).toEqual([2, 1]);
  });

  it.each(METS_FAULTS)('%s is reported for METS with that fault', async (rule, from, to) => {
    expect(await findingsAfter(edit(ROOT, from, to))).toContain(rule);
  });

  it('AIPM5, AIPM2: an AIP refers to its PREMIS and names the AIP profile', async () => {
    const withoutPremis = edit(ROOT, /<amdSec[\s\S]*<\/amdSec>/, '');
    expect(await findingsAfter(withoutPremis, sampleAip())).toContain('AIPM5');
    const rules = await findingsAfter(() => undefined, sampleAip({ rendering: 'tt05' }));
    expect([...new Set(rules)]).toEqual(['CSIP1', 'AIPM2']);
  });

  it.each([
    ['SIP', sampleSip({ rendering: 'tt05' })],
    ['AIP', sampleAip({ rendering: 'tt05' })],
  ])('PKG-11 takes a %s in the letter of the circular when told so, and notes each leniency', async (_kind, pack) => {
    const report = await checkPackage(contentsOf(await filesOf(pack)), 'tt05');
    expect(report.isValid).toBe(true);
    const rules = new Set(report.findings.map((finding) => finding.rule));
    expect([...rules]).toEqual(EXPECTED_FINDINGS.tt05[pack.kind]);
  });

  it('CSIPSTR4: METS.xml is there', async () => {
    expect(await findingsAfter(({ files }) => files.delete(ROOT))).toEqual(['CSIPSTR4']);
  });

  it.each([
    ['MISSING_FILE', ({ files }: Files) => files.delete(PDF)],
    ['EXTRA_FILE', ({ files }: Files) => files.set(`${REP}/data/evil.exe`, Buffer.from('MZ'))],
    ['CHECKSUM', edit(PDF, 'Catalog', 'Catalo9')],
    ['CHECKSUM', ({ files }: Files) => files.set('documentation/muc-luc-ho-so.xml', Buffer.from('<x/>'))],
  ])('V4 reports %s for a package that differs from its METS', async (code, change) => {
    expect(await findingsAfter((found) => void change(found))).toContain(code);
  });

  it.each([
    ['leaves the package', '../../etc/passwd'],
    ['is absolute', '/etc/passwd'],
    ['has a scheme', 'file:///etc/passwd'],
    ['hides it in percent codes', '%2e%2e/%2e%2e/etc/passwd'],
  ])('refuses a METS reference that %s', async (_how, href) => {
    expect(await findingsAfter(edit(ROOT, 'xlink:href="schemas/EAD.xsd"', `xlink:href="${href}"`))).toContain(
      'STRUCTURE',
    );
  });

  it.each([
    ['a DOCTYPE', edit(ROOT, '<mets ', '<!DOCTYPE mets [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<mets ')],
    ['broken XML', edit(ROOT, '</mets>', '')],
    ['an unknown entity', edit(ROOT, 'LABEL="CSIP"', 'LABEL="&x;"')],
  ])('refuses METS with %s', async (_fault, change) => {
    expect(await findingsAfter(change)).toEqual(['STRUCTURE']);
  });
});

describe('SUB-14 descriptive metadata of a package handed in', () => {
  it.each([
    ['title', edit(EAD, /<title>.*<\/title>/, '')],
    ['title', edit(EAD, /<title>.*<\/title>/, `<title>${'ữ'.repeat(1001)}</title>`)],
    ['maintenance', edit(EAD, '<maintenance>01<', '<maintenance>99<')],
    ['startDate', edit(EAD, '05/01/2026', '31/02/2026')],
    ['endDate', edit(EAD, '12/06/2026', '04/01/2026')],
    ['totalDoc', edit(EAD, '<totalDoc>2<', '<totalDoc>3<')],
    ['numberOfPage', edit(EAD, '<numberOfPage>6<', '<numberOfPage>7<')],
    ['paperFileCode', edit(EAD, '<confidenceLevel>01<', '<confidenceLevel>02<')],
    ['riskRecoveryStatus', edit(EAD, '<riskRecovery>0<', '<riskRecovery>1<')],
    ['unknownField', edit(EAD, '</simpledc>', '<unknownField>x</unknownField></simpledc>')],
    [
      'subject',
      edit(`${REP}/metadata/descriptive/EAD_doc_H46.13.2026.01.CNTT.0000001.xml`, /<subject>.*<\/subject>/, ''),
    ],
    ['MD-5', edit(`${REP}/metadata/descriptive/EAD_doc_H46.13.2026.01.CNTT.0000002.xml`, '0000002<', '0000003<')],
  ])('V19 names the field %s', async (field, change) => {
    expect(await findingsAfter(change)).toContain(field);
  });

  it('MD-8 accepts the name of a code in place of the code', async () => {
    const findings = await findingsAfter(edit(EAD, '<maintenance>01<', '<maintenance>Vĩnh viễn<'));
    expect(findings).toEqual(['CHECKSUM', 'CHECKSUM']);
  });
});

describe('SUB-15, SUB-17 formats and accessibility', () => {
  const withAttachment = (name: string, mime: string, contents: string | Buffer): DossierPackage => {
    const sip = sampleSip();
    const [first, ...others] = sip.documents;
    if (!first) throw new Error('the sample has documents');
    return { ...sip, documents: [{ ...first, files: [first.files[0], sourceFile(name, mime, contents)] }, ...others] };
  };

  it.each([
    ['FMT-3', 'a program', withAttachment('setup.pdf', 'application/pdf', Buffer.from('MZ\u0000\u0001'))],
    ['FMT-3', 'a ZIP archive', withAttachment('a.zip', 'application/zip', Buffer.from('PK\u0003\u0004abc'))],
    ['FORMAT', 'a picture that calls itself a PDF', withAttachment('a.pdf', 'application/pdf', Buffer.from('GIF89a'))],
    [
      'NOT_ACCESSIBLE',
      'an encrypted PDF',
      withAttachment('a.pdf', 'application/pdf', '%PDF-1.7\ntrailer <</Encrypt 5 0 R>>'),
    ],
  ])('%s: refuses %s', async (code, _what, pack) => {
    expect(await findingsAfter(() => undefined, pack)).toContain(code);
  });
});
