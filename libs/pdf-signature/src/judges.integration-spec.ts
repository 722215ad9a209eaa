import { generateKeyPairSync } from 'node:crypto';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeIf } from '@qlvb/platform-testing';
import { drawDocument } from '@qlvb/document-layout';
import type { OfficialDocument } from '@qlvb/document-layout';
import { checkPicture } from './appearance/picture-rules.ts';
import { cornerPlacement } from './appearance/placement.ts';
import { textSize } from './appearance/appearance.ts';
import { contentReplaced } from './testing/attacks.ts';
import { samplePdf } from '@qlvb/pdf-testing';
import { PdfDocument } from '@qlvb/pdf';
import { verifyPdfSignatures } from './verification/verify.ts';
import { PERSON, sampleWorld, sign, signAsAgency, signAsPerson } from './testing/signed-sample.ts';

const has = (command: string, ...args: string[]): boolean => spawnSync(command, args).error === undefined;
const pyhanko = process.env['QLVB_JUDGE_PYHANKO'] ?? 'pyhanko';

/** Signed now: outside judges have only the machine's clock. */
const world = sampleWorld(() => new Date());
const signingTime = new Date();
const folder = mkdtempSync(join(tmpdir(), 'qlvb-judges-'));
afterAll(() => rmSync(folder, { recursive: true }));

const save = (name: string, bytes: Uint8Array | string): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};
const run = (command: string, ...args: string[]): { status: number | null; output: string } => {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', cwd: folder });
  return { status, output: `${stdout}${stderr}` };
};

const root = save('root.pem', world.pki.root.certificate.pem);
const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const holder = {
  certificate: world.pki.issue(PERSON, { publicKey: keys.publicKey }).certificate,
  privateKey: keys.privateKey,
};

const DECISION: OfficialDocument = {
  form: 'decision',
  parentAgency: 'UBND TỈNH QUẢNG BÌNH',
  issuingAgency: 'SỞ THÔNG TIN VÀ TRUYỀN THÔNG',
  placeOfIssue: 'Quảng Bình',
  symbol: 'QĐ-STTTT',
  kindName: 'QUYẾT ĐỊNH',
  subject: 'Về việc phân công vận hành Hệ thống quản lý văn bản và điều hành',
  decider: 'GIÁM ĐỐC SỞ THÔNG TIN VÀ TRUYỀN THÔNG',
  legalBases: ['Căn cứ Luật Giao dịch điện tử ngày 22 tháng 6 năm 2023'],
  body: [{ block: 'article', number: 1, text: 'Phòng Công nghệ thông tin chủ trì vận hành Hệ thống của tỉnh.' }],
  authorityLines: ['GIÁM ĐỐC'],
  signerName: PERSON.name,
  recipients: ['Như Điều 1', 'UBND huyện Quảng Ninh'],
  fileCopy: 'VT',
  createdAt: signingTime,
};

/** Drafts of three makers: a plain file with a table, one with object streams, and what the layout library draws. */
const kinds = ['table', 'stream', 'drawn'] as const;
const complete = {} as Record<(typeof kinds)[number], string>;
beforeAll(async () => {
  const drafts = { table: samplePdf(), stream: samplePdf({ xref: 'stream' }), drawn: await drawDocument(DECISION) };
  for (const kind of kinds) {
    const person = signAsPerson(world, drafts[kind], { signingTime });
    complete[kind] = save(`${kind}.pdf`, signAsAgency(world, person, { signingTime }));
  }
});

describeIf(has(pyhanko, '--version'), 'pyHanko (QLVB_JUDGE_PYHANKO)', 'pyHanko', () => {
  const judge = (path: string): { status: number | null; output: string } =>
    run(
      pyhanko,
      'sign',
      'validate',
      '--pretty-print',
      '--trust',
      root,
      '--trust-replace',
      '--no-revocation-check',
      path,
    );

  it.each(kinds)(
    'ORA-01, VN-48: judges both signatures valid and the changes after the first acceptable (%s)',
    (xref) => {
      const { status, output } = judge(complete[xref]);
      expect(output.match(/The signature is judged VALID/g)).toHaveLength(2);
      expect(output).toContain('appear to be compatible with the current document modification policy');
      expect(output).toContain('The signature covers the entire file');
      expect(output.match(/The TSA certificate is trusted/g)).toHaveLength(2);
      expect(status).toBe(0);
    },
    60_000,
  );

  it('ORA-01, VN-71: judges an ECDSA signature with a text appearance valid', () => {
    const pdf = samplePdf({ plain: true });
    const lines = ['SAO Y', 'Ủy ban nhân dân tỉnh Quảng Bình', '2026-11-23T09:00:00+07:00'];
    const { width, height } = textSize(lines);
    const placement = cornerPlacement(new PdfDocument(pdf), width, height);
    const file = sign(world, pdf, holder, { placement, appearance: { kind: 'text', lines }, signingTime });
    expect(judge(save('copy.pdf', file)).output).toContain('The signature is judged VALID');
  }, 60_000);

  it.each(['table', 'stream'] as const)(
    'VN-48: what pyHanko signed is valid for us too (cross-reference %s)',
    (xref) => {
      const { person, agency, pki } = world;
      save('chain.pem', pki.authority.certificate.pem);
      save('foreign-0.pdf', samplePdf({ xref }));
      [person, agency].forEach(({ certificate, privateKey }, index) => {
        save('key.pem', privateKey.export({ format: 'pem', type: 'pkcs8' }) as string);
        save('certificate.pem', certificate.pem);
        const field = `1/${100 + index * 150},100,${200 + index * 150},150/Sig${index + 1}`;
        const files = [`foreign-${index}.pdf`, `foreign-${index + 1}.pdf`];
        const keys = ['--key', 'key.pem', '--cert', 'certificate.pem', '--chain', 'chain.pem', '--no-pass'];
        run(pyhanko, 'sign', 'addsig', '--field', field, '--use-pades', 'pemder', ...keys, ...files);
      });
      const report = verifyPdfSignatures(readFileSync(join(folder, 'foreign-2.pdf')), {
        trust: pki.trust,
        at: new Date(),
        evidence: pki.evidence([person.certificate, agency.certificate]),
      });
      expect(report.signatures.map(({ findings }) => findings)).toEqual([[], []]);
      expect(report.legal).toBe('complete');
    },
    60_000,
  );

  it('ATT-03: agrees that replaced content is no acceptable change', () => {
    const { output } = judge(save('forged.pdf', contentReplaced(readFileSync(complete.table))));
    expect(output).not.toContain('judged VALID');
  }, 60_000);
});

describeIf(has('pdfsig', '-v'), 'pdfsig (Debian poppler-utils)', 'poppler', () => {
  it.each(kinds)('ORA-01: pdfsig calls both signatures valid and the document fully signed (%s)', (xref) => {
    const { output } = run('pdfsig', '-nocert', complete[xref]);
    expect(output.match(/Signature Validation: Signature is Valid\./g)).toHaveLength(2);
    expect(output).toContain('Total document signed');
  });

  it('VN-22: the text extracted from the page is what was filled in', () => {
    const text = execFileSync('pdftotext', ['-layout', complete.drawn, '-'], { encoding: 'utf8' });
    expect(text).toContain('Số: 12/QĐ-STTTT');
    expect(text).toContain('Quảng Bình, ngày 23 tháng 11 năm 2026');
  });

  it('VN-10, VN-11: the page shows the blue signature and the red seal over its left third', () => {
    execFileSync('pdftoppm', ['-r', '72', '-png', '-singlefile', complete.drawn, join(folder, 'page')]);
    expect(readFileSync(join(folder, 'page.png')).subarray(1, 4).toString()).toBe('PNG');
    const ppm = execFileSync('pdftoppm', ['-r', '72', complete.drawn], { maxBuffer: 2 ** 26 });
    expect(colouredBox(ppm, (r, g, b) => b > 120 && r < 100 && g < 130).width).toBeGreaterThan(80);
    const seal = colouredBox(ppm, (r, g, b) => r > 150 && g < 90 && b < 90);
    expect(seal.width).toBeGreaterThan((36 / 25.4) * 72 - 5);
    expect(seal.width).toBeLessThan((36 / 25.4) * 72 + 3);
  });
});

describeIf(has('qpdf', '--version'), 'qpdf', 'qpdf', () => {
  it.each(kinds)('PAD-06: finds no fault in the file (%s)', (xref) => {
    const { status, output } = run('qpdf', '--check', complete[xref]);
    expect(output).toContain('No syntax or stream encoding errors found');
    expect(output).not.toContain('WARNING');
    expect(status).toBe(0);
  });
});

describe('VN-18: the demo pictures pass the upload rules', () => {
  it('blue for persons, red for seals', async () => {
    const { drawDemoSeal, drawDemoSignature } = await import('@qlvb/demo-pki');
    expect(checkPicture(drawDemoSignature(PERSON.name), 'person').hasAlphaChannel).toBe(true);
    expect(checkPicture(drawDemoSeal(PERSON.organization), 'seal').hasAlphaChannel).toBe(true);
  });
});

/** Box of the pixels of one colour in a binary PPM. */
function colouredBox(
  ppm: Buffer,
  isWanted: (r: number, g: number, b: number) => boolean,
): { width: number; height: number } {
  const header = /^P6\s(\d+) (\d+)\s255\s/.exec(ppm.toString('latin1', 0, 40)) as RegExpExecArray;
  const width = Number(header[1]);
  const pixels = ppm.subarray(header[0].length);
  const xs: number[] = [];
  const ys: number[] = [];
  for (let at = 0; at + 2 < pixels.length; at += 3) {
    if (!isWanted(pixels[at] as number, pixels[at + 1] as number, pixels[at + 2] as number)) continue;
    xs.push((at / 3) % width);
    ys.push(Math.floor(at / 3 / width));
  }
  const spread = (values: readonly number[]): number =>
    values.reduce((a, b) => Math.max(a, b), 0) - values.reduce((a, b) => Math.min(a, b), Infinity) + 1;
  return { width: spread(xs), height: spread(ys) };
}
