import { createWriteStream, globSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { acceptSubmission } from './accept-submission.ts';
import { checkPackage, EXPECTED_FINDINGS } from './check/check-package.ts';
import { fileSource } from './testing/file-source.ts';
import { openFolder } from './testing/open-folder.ts';
import { openZip } from './input/open-zip.ts';
import type { DossierPackage } from './model.ts';
import { writeFolder } from './testing/write-folder.ts';
import { zipPackage } from './output/zip.ts';
import { planPackage } from './plan-package.ts';
import { commonsIp, describeWith, hasXmllint, judge, lint, metsSchema } from './testing/outside-judge.ts';
import { sampleAip, sampleSip } from './testing/sample-package.ts';

const program = commonsIp() ?? '';
let work: string;

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'qlvb-gói-'));
});

afterAll(() => rm(work, { recursive: true, force: true }));

async function zipFile(pack: DossierPackage): Promise<string> {
  const path = join(work, `${basename(planPackage(pack).folder)}.zip`);
  await pipeline(zipPackage(planPackage(pack)), createWriteStream(path));
  return path;
}

/** The AIP that acceptance makes of the sample SIP, read from its ZIP file. */
async function acceptedAip(directory: string): Promise<string> {
  const contents = await openZip(await fileSource(await zipFile(sampleSip())));
  const report = await checkPackage(contents);
  const { preservation } = sampleAip();
  if (!preservation) throw new Error('the sample has a preservation record');
  const aip = acceptSubmission(contents, report, {
    objectId: 'uuid-2B3C4D5E-6F70-4182-93A4-B5C6D7E8F90A',
    acceptedAt: new Date('2026-07-01T02:00:00Z'),
    software: { name: 'QLVB', version: '0.1.0' },
    rendering: 'eark',
    preservation,
  });
  const folder = await writeFolder(planPackage(aip), join(work, directory));
  await contents.close();
  return folder;
}

describeWith('commons-ip', program !== '', 'ORC-16 the outside judge commons-ip2', () => {
  it.each([
    ['SIP', 'eark', sampleSip()],
    ['AIP', 'eark', sampleAip()],
    ['SIP', 'tt05', sampleSip({ rendering: 'tt05' })],
    ['AIP', 'tt05', sampleAip({ rendering: 'tt05' })],
  ])('V14, ORC-5, ORC-6: finds in our %s (%s) only the rules that are expected', async (_kind, rendering, pack) => {
    const folder = await writeFolder(planPackage(pack), join(work, `${pack.kind}-${rendering}`));
    const found = judge(program, [folder]).map((findings) => new Set(findings.map((finding) => finding.rule)));
    const expected = EXPECTED_FINDINGS[rendering as 'eark'][pack.kind];
    expect([...(found[0] ?? [])].filter((rule) => !expected.includes(rule))).toEqual([]);
    // AIPM2 is a rule that this judge does not look at.
    expect([...(found[0] ?? [])]).toEqual(expected.filter((rule) => rule !== 'AIPM2'));
  });

  it('V1 finds nothing in a SIP inside a ZIP file, nor in the AIP made of it', async () => {
    expect(judge(program, [await zipFile(sampleSip()), await acceptedAip('accepted')])).toEqual([[], []]);
  });

  it.each([
    ['CSIP1', 'METS.xml', /OBJID="[^"]+"/, 'OBJID="uuid-other"'],
    ['CSIP2', 'METS.xml', 'TYPE="Mixed"', 'TYPE="Gemischt"'],
    ['CSIP16', 'METS.xml', 'SOFTWARE VERSION', 'IDENTIFICATIONCODE'],
    ['CSIP71', 'representations/rep1/METS.xml', /(<file [^>]*CHECKSUM=")[0-9A-F]{8}/, '$100000000'],
    ['CSIP88', 'METS.xml', 'LABEL="Metadata"', 'LABEL="Metadaten"'],
    ['SIP2', 'METS.xml', /PROFILE="[^"]+"/, 'PROFILE="https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml"'],
  ])('%s: still catches the real fault, and so do we', async (rule, file, from, to) => {
    const good = await writeFolder(planPackage(sampleSip()), join(work, `good-${rule}`));
    const bad = join(work, `bad-${rule}`, basename(good));
    await cp(good, bad, { recursive: true });
    const mets = join(bad, file);
    await writeFile(mets, (await readFile(mets, 'utf8')).replace(from, to));
    const rules = judge(program, [bad])
      .flat()
      .map((finding) => finding.rule);
    expect(rules).toContain(rule);
    expect((await checkPackage(await openFolder(bad))).isValid).toBe(false);
  });
});

describeWith('commons-ip and xmllint', program !== '' && hasXmllint(), 'XML schemas', () => {
  it('SUB-13 METS files hold under the METS schema with both E-ARK extensions', async () => {
    const schema = await metsSchema(program, join(work, 'schemas'));
    const folders = [await writeFolder(planPackage(sampleSip()), join(work, 'xsd')), await acceptedAip('xsd')];
    const documents = folders.flatMap((folder) => globSync(`${folder}/{METS.xml,representations/*/METS.xml}`));
    expect(documents).toHaveLength(4);
    expect(lint(schema, documents)).toBe('');
  });

  it('SUB-14 descriptive files hold under the schemas that the package itself carries', async () => {
    const folder = await writeFolder(planPackage(sampleSip()), join(work, 'own-xsd'));
    const descriptive = join(folder, 'metadata/descriptive');
    expect(lint(join(folder, 'schemas/EAD.xsd'), [join(descriptive, 'EAD.xml')])).toBe('');
    expect(lint(join(folder, 'schemas/QLVB.xsd'), [join(descriptive, 'QLVB.xml')])).toBe('');
    const documents = globSync(join(folder, 'representations/rep1/metadata/descriptive/EAD_doc_*.xml'));
    expect(documents).toHaveLength(2);
    expect(lint(join(folder, 'schemas/EAD_doc.xsd'), documents)).toBe('');
    const wrong = join(work, 'EAD.xml');
    await writeFile(
      wrong,
      (await readFile(join(descriptive, 'EAD.xml'), 'utf8')).replace('>01</maintenance>', '>99</maintenance>'),
    );
    expect(lint(join(folder, 'schemas/EAD.xsd'), [wrong])).toContain('maintenance');
  });
});

describe('SUB-11 a package in a folder', () => {
  it('passes its checks when it is read back from disk', async () => {
    const folder = await writeFolder(planPackage(sampleSip()), join(work, 'disk'));
    expect((await checkPackage(await openFolder(folder))).findings).toEqual([]);
  });

  it('is refused when it holds a link', async () => {
    const folder = await writeFolder(planPackage(sampleSip()), join(work, 'link'));
    await symlink('/etc/passwd', join(folder, 'documentation/link.txt'));
    await expect(openFolder(folder)).rejects.toMatchObject({ code: 'archive-package.link' });
  });
});
