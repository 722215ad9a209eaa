import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { recipientAgencies } from '../codes/agency-code.ts';
import { as, codesOf, NOW } from '../testing/documents.ts';
import { readPackage } from './read-package.ts';
import type { ReadResult } from './read-package.ts';

const folder = join(import.meta.dirname, '../../testing/samples');

const readSample = (name: string): Promise<ReadResult<Buffer>> =>
  readPackage(createReadStream(join(folder, name)), {
    now: NOW,
    onAttachment: async (_meta, stream) => Buffer.concat(await stream.toArray()),
  });

interface Expected {
  file: string;
  kind: 'edoc' | 'status';
  /** Business type or status. */
  act: string;
  /** Agencies addressed. */
  to: string[];
  trace?: number;
  /** Declared type, real type, name inside the zip, size, first 16 digits of SHA-256; or the fault. */
  attachments?: string[];
}

const ZIPPED = 'application/zip';
const INNER = (entry: string): string => `${ZIPPED} → application/xml, ${entry}.edxml, 101, 06eb8aca2021172a`;
const THREE = ['000.00.00.H41', '000.00.00.H14', '000.00.00.G17'];
const text = (entry: string, digest: string): string => `text/plain → text/plain, ${entry}.txt, 11, ${digest}`;

const SAMPLES: Expected[] = [
  {
    file: '01-edoc-new-vxp-sdk',
    kind: 'edoc',
    act: 'new',
    to: ['28.22.H17'],
    trace: 1,
    attachments: [INNER('32da2890-1a55-4ccd-9ac9-cd0d98559e67')],
  },
  {
    file: '02-edoc-update-vxp-sdk',
    kind: 'edoc',
    act: 'update',
    to: THREE,
    trace: 1,
    attachments: [INNER('3ed3cc90-1dcb-4382-9725-1de9cd899790')],
  },
  {
    file: '03-edoc-replacement-vxp-sdk',
    kind: 'edoc',
    act: 'replace',
    to: THREE,
    trace: 1,
    attachments: [INNER('30d190ec-60e3-41b6-bda7-50b17d98b35d')],
  },
  {
    file: '04-edoc-revocation-vxp-sdk',
    kind: 'edoc',
    act: 'recall',
    to: THREE,
    trace: 1,
    attachments: [INNER('a3661564-bcbb-4406-a6a9-ceddbc8f4e17')],
  },
  { file: '05-status-01-inbox-vxp-sdk', kind: 'status', act: '01', to: ['000.00.00.G22'] },
  { file: '06-status-13-cancellation-vxp-sdk', kind: 'status', act: '13', to: ['000.00.00.H41'] },
  { file: '07-status-16-change-rejection-vxp-sdk', kind: 'status', act: '16', to: ['000.00.00.G22'] },
  {
    file: '08-edoc-production-2025-dual-recipient-codes',
    kind: 'edoc',
    act: 'new',
    to: ['G12 = 000.00.00.G12'],
    trace: 3,
    attachments: [
      'application/pdf → application/pdf, raw, 595, 3e454af218b931bd',
      `${ZIPPED} → application/msword, 6616e890-1ad5-4696-8af5-f045919b1d7a.doc, 512, a899fb4496afa723`,
    ],
  },
  {
    file: '09-edoc-relayed-by-axis-2019',
    kind: 'edoc',
    act: 'new',
    to: ['000.00.15.H51'],
    trace: 2,
    attachments: [
      `${ZIPPED} → application/octet-stream, 5c7082fe-4ac3-4b46-961e-e2439bfae484.PDF, 17, c0469bc89f8b4d2a`,
    ],
  },
  {
    file: '10-edoc-axis-2025-zip-declared-as-pdf',
    kind: 'edoc',
    act: 'new',
    to: ['vxp.saas.03'],
    trace: 2,
    attachments: ['application/pdf → application/pdf, 7091b48b-9e89-4b11-bdb8-4265d0200f0e.pdf, 595, 3e454af218b931bd'],
  },
  {
    file: '11-edoc-three-attachments-zipped-text',
    kind: 'edoc',
    act: 'new',
    to: ['vxp.saas.02'],
    trace: 1,
    attachments: [
      text('59ab995d-e131-4d5a-a8c6-2603dbf13220', '388b4f926bfcd3eb'),
      text('74aa8345-e6ee-4df0-8b7b-7b0d9052b312', '8eb0308470dfc0e9'),
      text('ee2eff03-e70d-4a31-b6a7-528f18e5373f', 'c0b3d502f92e8b2a'),
    ],
  },
  {
    file: '12-edoc-unbound-prefixes-macro-content',
    kind: 'edoc',
    act: 'new',
    to: ['000.00.15.H51'],
    trace: 1,
    attachments: ['attachment-not-base64'],
  },
];

/** The result in the words of the table. */
function summary(file: string, result: ReadResult<Buffer>): Expected {
  if (result.kind === 'unreadable') throw result.problem;
  if (result.kind === 'status') {
    const { status = '', about } = result.package;
    return { file, kind: 'status', act: status, to: [about.agencyCode ?? ''] };
  }
  const { business, recipients, trace } = result.package;
  return {
    file,
    kind: 'edoc',
    act: business.type ?? `unknown ${business.code}`,
    to: recipientAgencies(recipients).map(({ codes }) => codes.join(' = ')),
    trace: trace.length,
    attachments: result.attachments.map((attachment) =>
      attachment.state === 'broken'
        ? attachment.fault
        : `${attachment.declaredType} → ${attachment.mediaType}, ${attachment.entryName ?? 'raw'}, ${attachment.sizeBytes}, ${attachment.sha256.slice(0, 16)}`,
    ),
  };
}

describe('real packages (R1 R3 R4 R5 R7 R8 R10 D2 D9 D21)', () => {
  it('has an expectation for every file', () => {
    expect(SAMPLES.map(({ file }) => `${file}.edxml`)).toEqual(readdirSync(folder).toSorted());
  });

  it.each(SAMPLES)('$file is read as expected', async (expected) => {
    expect(summary(expected.file, await readSample(`${expected.file}.edxml`))).toEqual(expected);
  });

  it('D3 undeclared prefixes of package 12 are noted and do not stop the reading', async () => {
    const result = as('edoc', await readSample('12-edoc-unbound-prefixes-macro-content.edxml'));
    expect(result.findings.filter(({ code }) => code === 'undeclared-prefix').map(({ value }) => value)).toEqual([
      'xlink',
      'edXML',
    ]);
    expect(result.package.subject).toBe('Văn bản liên thông chỉ đạo - 190701');
  });

  it('D1 the package as the axis rebuilt it says the same as the one that was sent', async () => {
    const sent = as('edoc', await readSample('12-edoc-unbound-prefixes-macro-content.edxml')).package;
    const rebuilt = as('edoc', await readSample('09-edoc-relayed-by-axis-2019.edxml')).package;
    const same = ({ trace: _trace, codeNumber: _number, sender, ...rest }: typeof sent): object => ({
      ...rest,
      sender: { ...sender, agencyCode: '' },
    });
    expect(same(rebuilt)).toEqual({ ...same(sent), isSteering: false });
    expect(rebuilt.trace).toHaveLength(2);
  });

  it.each([
    '01-edoc-new-vxp-sdk',
    '02-edoc-update-vxp-sdk',
    '03-edoc-replacement-vxp-sdk',
    '04-edoc-revocation-vxp-sdk',
  ])('D19 XML-01 the placeholder signature of %s is recorded and blocks nothing', async (file) => {
    const result = as('edoc', await readSample(`${file}.edxml`));
    expect(result.signature).toBe('placeholder');
    expect(codesOf(result)).toContain('signature-placeholder');
  });

  it('D14 groups of empty elements and the word null stand for nothing', async () => {
    const relayed = as('edoc', await readSample('09-edoc-relayed-by-axis-2019.edxml'));
    const template = as('edoc', await readSample('12-edoc-unbound-prefixes-macro-content.edxml'));
    expect([relayed.package.answers, template.package.answers]).toEqual([[], []]);
    const axis = as('edoc', await readSample('10-edoc-axis-2025-zip-declared-as-pdf.edxml'));
    expect(axis.package.trace.map(({ agencyCode }) => agencyCode)).toEqual([undefined, undefined]);
  });

  it('D18 decomposed names are composed and noted', async () => {
    const result = as('edoc', await readSample('09-edoc-relayed-by-axis-2019.edxml'));
    expect(result.package.signer?.fullName).toBe('Nguyễn Văn Tuấn'.normalize('NFC'));
    expect(codesOf(result)).toContain('text-recomposed');
  });

  it('D15 the sender among the recipients and one ministry under two codes are noted', async () => {
    expect(codesOf(await readSample('10-edoc-axis-2025-zip-declared-as-pdf.edxml'))).toContain(
      'sender-among-recipients',
    );
    expect(codesOf(await readSample('08-edoc-production-2025-dual-recipient-codes.edxml'))).toContain(
      'recipient-repeated',
    );
  });

  it('R9 a recall without a target of its own means the document it answers, else its own', async () => {
    const recall = as('edoc', await readSample('04-edoc-revocation-vxp-sdk.edxml')).package;
    expect(recall.targets.map((target) => ('documentId' in target ? target.documentId : target.documentCode))).toEqual([
      '000.00.04.G14,2012/08/06,267/VPCP-TTĐT',
      '000.00.00.G22,2015/09/30,7816/VPCP-TTĐT',
      '7816/VPCP-TTĐT',
    ]);
    const update = as('edoc', await readSample('02-edoc-update-vxp-sdk.edxml')).package;
    expect(update.targets[0]).toEqual({ by: 'business', documentId: '000.00.00.G22,2014/02/30,7806/VPCP-TTĐT' });
    expect(update.business.receivers).toEqual([
      { agencyCode: '000.00.00.H41', change: 'removed' },
      { agencyCode: '000.00.00.H14', change: 'added' },
    ]);
  });

  it('R11 a status names the document by its identifier, else by code and date', async () => {
    const { targets, description } = as('status', await readSample('06-status-13-cancellation-vxp-sdk.edxml')).package;
    expect(targets.map(({ by }) => by)).toEqual(['response', 'code']);
    expect(description).toBe('Văn thư yêu cầu lấy lại văn bản điện tử kèm lý do');
  });
});
