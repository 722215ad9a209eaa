import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { AccompanyingFile, DossierPackage, SourceFile } from '../model.ts';

export function sourceFile(originalName: string, mimeType: string, contents: string | Buffer): SourceFile {
  const bytes = Buffer.from(contents);
  return {
    originalName,
    mimeType,
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    open: () => Readable.from([bytes]),
  };
}

export const accompanying = (path: string, mimeType: string, contents: string): AccompanyingFile => ({
  ...sourceFile(path, mimeType, contents),
  path,
});

const document = (docId: string, subject: string, more: Record<string, string> = {}) => ({
  docId,
  maintenance: '01',
  typeName: '02',
  codeNumber: '125',
  codeNotation: 'QĐ-STTTT',
  issuedDate: '12/06/2026',
  organName: 'Sở Thông tin và Truyền thông tỉnh Quảng Bình',
  subject,
  language: '01',
  numberOfPage: '3',
  mode: '01',
  confidenceLevel: '01',
  process: '0',
  riskRecovery: '0',
  ...more,
});

const PDF = '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n';

/** A complete dossier of two documents, the first with an attachment; a test changes only what matters to it. */
export function sampleSip(changes: Partial<DossierPackage> = {}): DossierPackage {
  return {
    kind: 'SIP',
    rendering: 'eark',
    objectId: 'uuid-0F1E2D3C-4B5A-4978-8796-A5B4C3D2E1F0',
    createdAt: new Date('2026-06-12T04:45:37.690Z'),
    recordStatus: 'NEW',
    software: { name: 'QLVB', version: '0.1.0' },
    fonds: { name: 'Phông Sở Thông tin và Truyền thông tỉnh Quảng Bình', code: 'H46.13' },
    submitter: { name: 'Sở Thông tin và Truyền thông tỉnh Quảng Bình', code: 'H46.13' },
    preserver: { name: 'Lưu trữ hiện hành Sở Thông tin và Truyền thông', code: 'H46.13.LT' },
    submissionAgreement: 'NL-2026-0001',
    referenceCode: 'H46.13.2026.01.CNTT',
    dossier: {
      fileCode: 'H46.13.2026.01.CNTT',
      title: 'Hồ sơ về việc ban hành Quy chế quản lý văn bản và điều hành',
      maintenance: '01',
      mode: '01',
      language: '01',
      startDate: '05/01/2026',
      endDate: '12/06/2026',
      numberOfPaper: '0',
      confidenceLevel: '01',
      riskRecovery: '0',
    },
    documents: [
      {
        fields: document('0197-1', 'Về việc ban hành Quy chế quản lý văn bản'),
        files: [
          sourceFile('125-QĐ-STTTT.pdf', 'application/pdf', PDF),
          sourceFile('Phụ lục kèm theo.csv', 'text/csv', 'stt,tên\n1,Sở Nội vụ\n'),
        ],
      },
      {
        fields: document('0197-2', 'Góp ý dự thảo Quy chế', {
          typeName: '22',
          codeNumber: '88',
          codeNotation: 'SNV-VP',
        }),
        files: [sourceFile('88-SNV-VP.pdf', 'application/pdf', `${PDF}% second\n`)],
      },
    ],
    platformRecord: {
      dossierId: '01975f00-0000-7000-8000-000000000001',
      agency: { id: '01975f00-0000-7000-8000-00000000000a', code: 'H46.13', name: 'Sở Thông tin và Truyền thông' },
      retention: { rule: '1.03', basis: 'TT 10/2022/TT-BNV', version: '2023-02-15', term: 'Vĩnh viễn' },
      listNotation: '01.CNTT',
      closedOn: '2026-06-12',
      documents: [
        { docCode: 'H46.13.2026.01.CNTT.0000001', documentId: '01975f00-0000-7000-8000-0000000000d1' },
        { docCode: 'H46.13.2026.01.CNTT.0000002', documentId: '01975f00-0000-7000-8000-0000000000d2' },
      ],
    },
    preservation: {
      agents: [{ id: 'qlvb', name: 'QLVB', type: 'software', version: '0.1.0' }],
      events: [
        {
          id: '01975f00-0000-7000-8000-0000000000e1',
          type: 'message digest calculation',
          at: new Date('2026-06-12T04:40:00Z'),
          detail: 'SHA-256',
          outcome: 'success',
          agents: [{ id: 'qlvb', role: 'executing program' }],
        },
      ],
    },
    documentation: [accompanying('muc-luc-ho-so.xml', 'text/xml', '<mucLuc/>\n')],
    ...changes,
  };
}

/** The same dossier as the archive keeps it. */
export function sampleAip(changes: Partial<DossierPackage> = {}): DossierPackage {
  const sip = sampleSip();
  const { fileCode = '', ...dossier } = sip.dossier;
  return {
    ...sip,
    kind: 'AIP',
    objectId: 'uuid-1A2B3C4D-5E6F-4071-8293-A4B5C6D7E8F9',
    dossier: { ...dossier, arcFileCode: fileCode },
    documents: sip.documents.map(({ fields, files }) => {
      const { docId, maintenance, riskRecovery, ...rest } = fields;
      return { fields: docId && maintenance && riskRecovery ? rest : fields, files };
    }),
    otherMetadata: [accompanying('sip/METS.xml', 'text/xml', '<mets/>\n')],
    ...changes,
  };
}
