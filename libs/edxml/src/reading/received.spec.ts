import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NotWellFormed } from '../edxml.problems.ts';
import { as, codesOf, documentWith, read, written } from '../testing/documents.ts';

const folder = join(import.meta.dirname, '../../testing/received');
const fileOf = (name: string): Buffer => readFileSync(join(folder, `${name}.edxml`));
const lengthOf = (value: string | undefined): number => [...(value ?? '')].length;

describe('F-07 long values', () => {
  it.each<
    [file: string, key: 'subject' | 'documentId' | 'codeNotation' | 'codeNumber' | 'placeOfIssue', length: number]
  >([
    ['subject501', 'subject', 501],
    ['subject600vn', 'subject', 719],
    ['docid201', 'documentId', 201],
    ['notation101', 'codeNotation', 101],
    ['number51', 'codeNumber', 51],
    ['place101', 'placeOfIssue', 101],
  ])('F-07 R13 %s is read whole and noted', async (file, key, length) => {
    const result = as('edoc', await read(fileOf(file)));
    expect(lengthOf(result.package[key])).toBe(length);
    expect(codesOf(result)).toContain('value-too-long');
    expect(result.attachments.map(({ state }) => state)).toEqual(['delivered']);
  });

  it('F-07 R13 names of agency, signer, kind and attachment are read whole', async () => {
    const of = async (file: string): Promise<ReturnType<typeof as<'edoc'>>> => as('edoc', await read(fileOf(file)));
    expect(lengthOf((await of('organname501')).package.sender?.name)).toBe(501);
    expect(lengthOf((await of('organid36')).package.sender?.agencyCode)).toBe(36);
    expect(lengthOf((await of('signer201')).package.signer?.position)).toBe(239);
    expect(lengthOf((await of('typename101')).package.documentType?.name)).toBe(101);
    expect(lengthOf((await of('attname600')).attachments[0]?.name)).toBe(604);
    expect(lengthOf((await of('name-5000')).attachments[0]?.name)).toBe(5004);
  });

  it('F-07 R2 a value as long as a token may be is kept to the last character', async () => {
    const subject = 'ấ'.repeat(200_000);
    const content = (await written(documentWith())).toString().replace(/(Subject>)[^<]*/, `$1${subject}`);
    expect(as('edoc', await read(content)).package.subject).toBe(subject);
  });

  it.each(readdirSync(folder).toSorted())('R1 %s is read, or refused with a reason', async (name) => {
    const result = await read(readFileSync(join(folder, name)));
    if (result.kind === 'unreadable') expect(NotWellFormed.is(result.problem)).toBe(true);
    else expect(result.sha256).toHaveLength(64);
  });

  it('F-37 R13 a file that is named unlike its reference is noted, and read', async () => {
    const { findings, attachments } = as('edoc', await read(fileOf('name-differs')));
    const [noted] = findings.filter(({ code }) => code === 'attachment-name-differs');
    expect(noted).toMatchObject({ severity: 'note', path: 'Attachment[0].AttachmentName' });
    expect(noted?.value).toMatch(new RegExp(`, ${attachments[0]?.name ?? '-'}$`));
  });

  it.each(['amp', 'nss-unescaped-ampersand'])('R2 %s: an ampersand that is none is named', async (name) => {
    const { problem } = as('unreadable', await read(fileOf(name)));
    expect([problem.code, problem.params.fault]).toEqual(['edxml.not-well-formed', 'unescaped & or unfinished markup']);
  });
});
