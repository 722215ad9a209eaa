import { readFileSync } from 'node:fs';
import { globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileRef, OutgoingDocumentIssued, OutgoingDocumentNumbered } from '@qlvb/contracts';
import { DEFAULT_READ_LIMITS, FIELD_LIMITS } from '@qlvb/edxml';
import { DEFAULT_LIMITS as LAYOUT_LIMITS } from '@qlvb/document-layout';
import { DEFAULT_LIMITS as PDF_LIMITS } from '@qlvb/pdf';
import { LIMITS } from '@qlvb/records';

const root = resolve(import.meta.dirname, '..');
const sources = globSync('{libs,apps}/**/src/**/*.ts', { cwd: root })
  .filter((file) => !/spec\.ts$|\/testing\/|-testing\/|\.data\.ts$/.test(file) && file !== 'libs/records/src/limits.ts')
  .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n') }));
const found = (pattern: RegExp, where = /./): string[] =>
  sources
    .filter(({ file }) => where.test(file))
    .flatMap(({ file, lines }) => lines.filter((line) => pattern.test(line)).map((line) => `${file}: ${line.trim()}`));

describe('F-09 each limit has one address', () => {
  it('F-09 FMT-10 no source but the table says how many bytes a file, an attachment or a package may have', () => {
    expect(found(/(?:file|attachment|package|pdf)\w*bytes\w*\s*[:=]\s*[\d_]+\s*\*/i)).toEqual([]);
    expect(found(/(?:file|attachment|package|pdf)_?\w*_BYTES\s*=\s*[\d_]{4,}/i)).toEqual([]);
  });

  it('F-09 documents and the exchange take their longest texts from the table', () => {
    const texts = found(
      /z\.string\(\)[^;,]*\.max\([\d_]/,
      /^libs\/(?:documents|exchange)\/feature\/src\/.*(?:dto|controller|shapes)\.ts$/,
    );
    // Names of catalogues and codes of senders are compared with what there is, and kept nowhere.
    expect(texts.filter((line) => !/senderCode|catalogues\.controller/.test(line))).toEqual([]);
  });

  it('F-09 reader, writer, signing and layout check hold the table’s figures', () => {
    expect(DEFAULT_READ_LIMITS).toMatchObject({
      packageBytes: LIMITS.package.bytes,
      attachmentBytes: LIMITS.package.attachmentBytes,
      attachments: LIMITS.package.attachments,
    });
    expect(PDF_LIMITS.fileBytes).toBe(LIMITS.file.bytes);
    expect(LAYOUT_LIMITS).toMatchObject({ sizeBytes: LIMITS.mainFile.bytes, pages: LIMITS.mainFile.pagesChecked });
    expect(FIELD_LIMITS.Subject).toBe(LIMITS.text.subject);
  });
});

describe('F-09 an event carries whatever the table allows', () => {
  const long = (characters: number): string => 'ữ'.repeat(characters);

  it('F-09 a file of the longest name and size', () => {
    const name = long(LIMITS.file.nameCharacters);
    const { files } = OutgoingDocumentNumbered.example;
    expect(fileRef.safeParse({ ...files[0], name, sizeBytes: LIMITS.file.bytes }).success).toBe(true);
  });

  it('F-09 an issued document with the longest texts, most recipients and most files', () => {
    const { example, data } = OutgoingDocumentIssued;
    const { recipients, files } = example;
    const most = {
      ...example,
      subject: long(LIMITS.text.subject),
      documentCode: long(LIMITS.text.documentCode),
      codeNotation: long(LIMITS.text.codeNotation),
      placeOfIssue: long(LIMITS.text.placeOfIssue),
      signer: {
        ...example.signer,
        fullName: long(LIMITS.text.signerName),
        position: long(LIMITS.text.signerPosition),
      },
      recipients: Array.from({ length: LIMITS.document.recipients }, () => ({
        ...recipients[0],
        name: long(LIMITS.text.recipientName),
      })),
      files: Array.from({ length: LIMITS.document.attachments + 1 }, () => ({
        ...files[0],
        name: long(LIMITS.file.nameCharacters),
      })),
    };
    expect(data.safeParse(most).error?.issues ?? []).toEqual([]);
  });
});
