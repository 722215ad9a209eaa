import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { faultySamples, handMadePdf, pageVariants, producerShapes } from '@qlvb/pdf-testing';
import { deflateSync, gzipSync } from 'node:zlib';
import type { ProblemFactory } from '@qlvb/shared-domain';
import { FilesystemStore } from './filesystem-store.ts';
import { FORMATS } from './formats.ts';
import { receiveFile } from './receive-file.ts';
import {
  ArchivePathUnsafe,
  ArchiveTooLarge,
  FileEncrypted,
  FileInfected,
  FileTooLarge,
  FileUnreadable,
  PdfTooComplexToRead,
  PdfTooOld,
  PdfWithoutPage,
  FormatMismatch,
  FormatNotAllowed,
  ScannerUnavailable,
} from './storage.problems.ts';
import { compoundFile, docx, officePackage, openDocument, pdf, zip } from './testing/sample-files.ts';
import type { ZipEntry } from './testing/sample-files.ts';
import { noScanner } from './virus-scanner.ts';
import type { VirusScanner } from './virus-scanner.ts';

const MIB = 1024 * 1024;
const OFFICE = 'application/vnd.openxmlformats-officedocument';
const OASIS = 'application/vnd.oasis.opendocument';
const text = (name: string, content = 'nội dung'): ZipEntry => ({ name, content });
const png = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.alloc(64)]);

/** One file per format of the table. */
const SAMPLES: Readonly<Record<string, Buffer>> = {
  pdf: pdf(),
  docx: docx(text('word/document.xml')),
  xlsx: officePackage(`${OFFICE}.spreadsheetml.sheet`, text('xl/workbook.xml')),
  pptx: officePackage(`${OFFICE}.presentationml.presentation`, text('ppt/presentation.xml')),
  odt: openDocument(`${OASIS}.text`, text('content.xml')),
  ods: openDocument(`${OASIS}.spreadsheet`, text('content.xml')),
  odp: openDocument(`${OASIS}.presentation`, text('content.xml')),
  doc: compoundFile(['WordDocument', '1Table']),
  xls: compoundFile(['Workbook']),
  ppt: compoundFile(['Current User', 'PowerPoint Document']),
  rtf: Buffer.from('{\\rtf1\\ansi Quyết định}'),
  txt: Buffer.from('Cộng hòa xã hội chủ nghĩa Việt Nam'),
  csv: Buffer.from('số,ngày\n1,2\n'),
  xml: Buffer.from('<?xml version="1.0" encoding="UTF-8"?><edXML/>'),
  jpg: Buffer.concat([Buffer.from('ffd8ffe000104a46494600', 'hex'), Buffer.alloc(64)]),
  png,
  gif: Buffer.concat([Buffer.from('GIF89a'), Buffer.alloc(64)]),
  tif: Buffer.concat([Buffer.from('49492a0008000000', 'hex'), Buffer.alloc(64)]),
  mp3: Buffer.concat([
    Buffer.from('ID3\u0003\u0000\u0000\u0000\u0000\u0000\u0000'),
    Buffer.from('fffb9064', 'hex'),
    Buffer.alloc(500),
  ]),
  mpg: Buffer.concat([Buffer.from('000001ba2100010001', 'hex'), Buffer.alloc(64)]),
  zip: zip([text('thư mục/a.txt'), { name: 'thư mục/b.pdf', content: pdf() }, { name: 'rỗng/' }]),
  gz: gzipSync('nội dung'),
};

/** A cross-reference stream of 3 MB that says it is 100 MB. */
function inflatingXref(): Buffer {
  const data = deflateSync(Buffer.alloc(100 * MIB), { level: 1 });
  const head = '%PDF-1.7\n1 0 obj << /Type /XRef /Size 2 /W [1 2 1] /Root 2 0 R ';
  const stream = `/Filter /FlateDecode /Length ${data.length} >> stream\n`;
  return Buffer.concat([Buffer.from(head + stream), data, Buffer.from('\nendstream\nendobj\nstartxref\n9\n%%EOF\n')]);
}
const startingAt = (place: string): Buffer =>
  Buffer.from(
    pdf()
      .toString('latin1')
      .replace(/startxref\n\d+/, `startxref\n${place}`),
    'latin1',
  );

describe('receiving a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'qlvb-receive-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const store = new FilesystemStore(folder);
  beforeAll(() => store.install());
  const files = (): string[] =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name);

  const objects = (): string[] => files().filter((name) => /^[0-9a-f]{64}$/.test(name));

  const receive = (
    name: string,
    content: Buffer,
    { type = '', scanner = noScanner as Pick<VirusScanner, 'scan'>, maxBytes = 100 * MIB } = {},
  ) => receiveFile(store, scanner, { name, declaredType: type, content: Readable.from([content]) }, maxBytes);
  const refused = async (problem: ProblemFactory, receiving: () => Promise<unknown>): Promise<void> => {
    const before = files();
    await expect(receiving()).rejects.toMatchObject({ declaration: problem.declaration });
    expect(files()).toEqual(before);
  };

  it.each(FORMATS.map((format) => [format.extensions[0] ?? '', format] as const))(
    'FMT-01 takes .%s, and its bytes under no other extension',
    async (extension, format) => {
      const content = SAMPLES[extension] ?? Buffer.alloc(0);
      const name = extension === 'gz' ? 'vb.txt.gz' : `vb.${extension}`;
      for (const type of ['', 'application/octet-stream', format.mediaType]) {
        await expect(receive(name, content, { type })).resolves.toMatchObject({ format, virusScan: 'not_scanned' });
      }
      const asText = ['txt', 'csv', 'xml'];
      const others = FORMATS.flatMap((other) => other.extensions).filter(
        (other) => !format.extensions.includes(other) && !(asText.includes(extension) && asText.includes(other)),
      );
      for (const other of others) await refused(FormatMismatch, () => receive(`vb.${other}`, content));
    },
  );

  it.each([
    ['a program called pdf', 'vb.pdf', Buffer.from('MZ\u0090\u0000\u0003')],
    ['an ELF program called doc', 'vb.doc', Buffer.concat([Buffer.from('7f454c460201', 'hex'), Buffer.alloc(64)])],
    ['HTML called docx', 'vb.docx', Buffer.from('<!doctype html><html></html>')],
    ['a macro document called docx', 'vb.docx', officePackage('application/vnd.ms-word.document.macroEnabled')],
    ['an installer called doc', 'vb.doc', compoundFile(['\u4840\u3b3f', 'Property'])],
    ['a PDF that is a ZIP too', 'vb.pdf', Buffer.concat([pdf(), zip([text('a.txt')])])],
    ['a picture that is a ZIP too', 'vb.png', Buffer.concat([png, zip([text('a.txt')])])],
  ])('FMT-02 refuses %s', async (_, name, content) => {
    await refused(FormatMismatch, () => receive(name, content));
  });

  it.each(['vb.pdf.exe', 'a.rar', 'a.7z', 'a.docm', 'a.svg', 'a.html', 'a.js', 'a.iso'])(
    'FMT-03 refuses %s',
    async (name) => {
      await refused(FormatNotAllowed, () => receive(name, pdf()));
    },
  );

  it('FMT-08 at its limits an archive is taken', async () => {
    const entries = Array.from({ length: 500 }, (_, index) => text(`${index}.txt`));
    await expect(receive('vb.zip', zip(entries))).resolves.toBeDefined();
    const inner = zip([text('a.txt')]);
    await expect(receive('vb.zip', zip([{ name: 'b.zip', content: inner }]))).resolves.toBeDefined();
    await expect(receive('vb.zip', zip([{ name: 'b.docx', content: docx() }]))).resolves.toBeDefined();
    const half = Buffer.concat([randomBytes(MIB), Buffer.alloc(90 * MIB)]);
    await expect(receive('a.docx', docx({ name: 'word/media/a.bin', content: half }))).resolves.toBeDefined();
  });

  it.each([
    ['501 files', () => zip(Array.from({ length: 501 }, (_, index) => text(`${index}.txt`)))],
    [
      '501 files over two levels',
      () => zip([{ name: 'b.zip', content: zip(Array.from({ length: 500 }, (_, index) => text(`${index}.txt`))) }]),
    ],
    ['three levels', () => zip([{ name: 'b.zip', content: zip([{ name: 'c.zip', content: zip([text('a.txt')]) }]) }])],
    [
      'three levels with gzip',
      () => zip([{ name: 'b.zip', content: zip([{ name: 'c.txt.gz', content: gzipSync('a') }]) }]),
    ],
    ['a ratio over 100:1', () => zip([{ name: 'a.txt', content: Buffer.alloc(8 * MIB, 32) }])],
    [
      'a ratio over 100:1 inside',
      () => zip([{ name: 'b.zip', content: zip([{ name: 'a.txt', content: Buffer.alloc(8 * MIB, 32) }]) }]),
    ],
  ])('FMT-08 refuses %s', async (_, content) => {
    await refused(ArchiveTooLarge, () => receive('vb.zip', content()));
  });

  it('FMT-08 counts 500 MB as they unpack', async () => {
    const noise = { name: 'a.bin', content: randomBytes(6 * MIB), stored: true };
    const zeros = Buffer.alloc(255 * MIB);
    const media = [1, 2].map((number) => ({ name: `word/media/${number}.bin`, content: zeros }));
    await refused(ArchiveTooLarge, () => receive('vb.docx', docx(noise, ...media)));
  });

  it('FMT-08 does not believe the sizes an archive claims', async () => {
    const liar = { name: 'a.txt', content: Buffer.alloc(8 * MIB, 32), claimedBytes: 10 };
    await refused(FileUnreadable, () => receive('vb.zip', zip([liar])));
  });

  it('FMT-08 a gzip bomb is stopped', async () => {
    await refused(ArchiveTooLarge, () => receive('vb.txt.gz', gzipSync(Buffer.alloc(64 * MIB, 32))));
  });

  it.each([
    ['an absolute path', { name: '/etc/cron.d/a.txt' }],
    ['a drive', { name: 'C:\\a.txt' }],
    ['a path that climbs', { name: 'a/../../b.txt' }],
    ['a path that climbs with backslashes', { name: 'a\\..\\..\\b.txt' }],
    ['a symbolic link', { name: 'a.txt', content: '/etc/passwd', mode: 0o120777 }],
  ])('FMT-08 refuses %s', async (_, entry) => {
    await refused(ArchivePathUnsafe, () => receive('vb.zip', zip([entry])));
    await refused(ArchivePathUnsafe, () => receive('vb.docx', docx(entry)));
  });

  it.each([
    ['a ZIP with a password', 'vb.zip', zip([{ ...text('a.txt'), flags: 1 }])],
    ['a Word document with a password', 'vb.docx', compoundFile(['EncryptionInfo', 'EncryptedPackage'])],
    ['a workbook with a password', 'vb.xlsx', compoundFile(['EncryptionInfo', 'EncryptedPackage'])],
    [
      'an ODF text with a password',
      'vb.odt',
      openDocument(`${OASIS}.text`, text('META-INF/manifest.xml', '<manifest:encryption-data/>')),
    ],
    ['a PDF with a password', 'vb.pdf', pdf('/Encrypt 5 0 R ')],
    [
      'a PDF with a password and a cross-reference stream',
      'vb.pdf',
      Buffer.from(
        `%PDF-1.5\n${' '.repeat(9_000)}1 0 obj << /Type /XRef /Size 2 /W [1 2 1] /Root 2 0 R /Encrypt 5 0 R /Length 8 >> stream\n${'\0'.repeat(8)}endstream\nendobj\nstartxref\n9009\n%%EOF\n`,
      ),
    ],
  ])('FMT-08 refuses %s', async (_, name, content) => {
    await refused(FileEncrypted, () => receive(name, content));
  });

  it('FMT-05 refuses a PDF of an old version', async () => {
    await refused(PdfTooOld, () => receive('vb.pdf', pdf(undefined, '1.3')));
    await receive('vb.pdf', pdf(undefined, '1.4'));
    await receive('vb.pdf', pdf(undefined, '2.0'));
  });

  it('FMT-08 inside an archive the same formats are allowed, by content too', async () => {
    await refused(FormatNotAllowed, () => receive('vb.zip', zip([text('a.txt'), text('b/cài đặt.exe')])));
    await refused(FormatMismatch, () => receive('vb.zip', zip([{ name: 'a.pdf', content: 'MZ\u0090\u0000' }])));
    await refused(FormatNotAllowed, () => receive('vb.tar.gz', gzipSync('a')));
    await refused(FormatMismatch, () => receive('vb.pdf.gz', gzipSync('a')));
  });

  it.each([
    ['a ZIP without its directory', 'vb.zip', () => zip([text('a.txt')]).subarray(0, -30)],
    [
      'a ZIP with a damaged entry',
      'vb.zip',
      () =>
        Buffer.from(
          zip([{ name: 'a.txt', content: randomBytes(999).toString('hex') }]).map((byte, at) =>
            at > 60 && at < 90 ? byte ^ 255 : byte,
          ),
        ),
    ],
    ['a PDF that is a head', 'vb.pdf', () => Buffer.from('%PDF-1.7\n%%EOF\n')],
    ['a PDF that ends too early', 'vb.pdf', () => pdf().subarray(0, -10)],
    ['a PDF whose table is elsewhere', 'vb.pdf', () => startingAt('9')],
    ['a PDF whose table is beyond its end', 'vb.pdf', () => startingAt('9999')],
    ['a PDF without a catalog', 'vb.pdf', () => Buffer.from(handMadePdf(['null']))],
    ['a gzip that ends too early', 'vb.txt.gz', () => gzipSync(randomBytes(MIB).toString('hex')).subarray(0, -50)],
    ['a compound file that ends too early', 'vb.doc', () => compoundFile(['WordDocument']).subarray(0, 700)],
    [
      'a compound file whose directory goes round in circles',
      'vb.doc',
      () => {
        const content = compoundFile(['WordDocument']);
        content.writeUInt32LE(0, 1024);
        return content;
      },
    ],
  ])('refuses %s', async (_, name, content) => {
    await refused(FileUnreadable, () => receive(name, content()));
  });

  it.each(faultySamples())(
    'F-09 FMT-05 refuses $name: the reader that signs says $fault',
    async ({ pdf: content, fault }) => {
      const problem = { damaged: FileUnreadable, encrypted: FileEncrypted, 'no-page': PdfWithoutPage }[fault];
      await refused(problem, () => receive('vb.pdf', Buffer.from(content)));
    },
  );

  it.each([...producerShapes(true), ...pageVariants()])(
    'F-09 takes what producers make: $name',
    async ({ pdf: content }) => {
      await expect(receive('vb.pdf', Buffer.from(content))).resolves.toMatchObject({ virusScan: 'not_scanned' });
    },
  );

  it('F-27 VER-07 refuses a PDF whose cross-references inflate without measure', async () => {
    await refused(PdfTooComplexToRead, () => receive('vb.pdf', inflatingXref()));
  });

  it('finds the directory of a compound file at the end of 20 MiB', async () => {
    await expect(receive('vb.doc', compoundFile(['WordDocument'], { emptySectors: 40_000 }))).resolves.toBeDefined();
  });

  describe('the scanner', () => {
    const answering = (answer: Awaited<ReturnType<VirusScanner['scan']>>): Pick<VirusScanner, 'scan'> => ({
      scan: (content) => {
        content.destroy();
        return Promise.resolve(answer);
      },
    });

    it('FMT-07 sees every byte before anybody else does', async () => {
      const before = objects().length;
      let seen = Buffer.alloc(0);
      const scanner: Pick<VirusScanner, 'scan'> = {
        scan: async (content) => {
          seen = Buffer.concat((await content.toArray()) as Buffer[]);
          expect(objects()).toHaveLength(before);
          return { state: 'clean' };
        },
      };
      const content = pdf(`/Info << /Title <${randomBytes(MIB).toString('hex')}> >> `);
      await expect(receive('mới.pdf', content, { scanner })).resolves.toMatchObject({ virusScan: 'clean' });
      expect(seen.equals(content)).toBe(true);
    });

    it('FMT-07 an infected file leaves nothing', async () => {
      const scanner = answering({ state: 'infected', signature: 'Eicar' });
      await refused(FileInfected, () => receive('vb.txt', Buffer.from('mã độc'), { scanner }));
    });

    it('FMT-07 a file that could not be scanned is not taken', async () => {
      const scanner = { scan: () => Promise.reject(ScannerUnavailable({})) };
      await refused(ScannerUnavailable, () => receive('vb.txt', Buffer.from('chưa quét'), { scanner }));
    });
  });

  it('FMT-10 refuses what is over the limit', async () => {
    await refused(FileTooLarge, () => receive('vb.txt', Buffer.alloc(2 * MIB, 32), { maxBytes: MIB }));
  });
});
