import type { KeyObject } from 'node:crypto';
import { DemoPki } from '@qlvb/demo-pki';
import { PdfDocument } from '@qlvb/pdf';
import { completePdfSignature, preparePdfSignature } from '@qlvb/pdf-signature';
import { samplePdf } from '@qlvb/pdf-testing';
import { newId } from '@qlvb/shared-domain';
import { signWith } from '@qlvb/x509';

/** A file that somebody of another organisation signed before it came into the draft. */
export function initialledPdf(): Uint8Array {
  const pki = new DemoPki({ baseUrl: 'http://127.0.0.1:1' });
  const subject = { kind: 'person', name: 'Lý Thị Xuân', title: 'Trưởng phòng', cccd: '099190004321' } as const;
  const { certificate, privateKey } = pki.issue({ ...subject, organization: 'Công ty Tư vấn Xây dựng' });
  const prepared = preparePdfSignature({
    document: new PdfDocument(samplePdf({ comment: newId(), plain: true })),
    fieldName: 'KyTuVan',
    placement: { pageIndex: 0, rectangle: [0, 0, 0, 0] },
    appearance: { kind: 'invisible' },
    certificate,
    chain: pki.chain,
    signingTime: new Date(),
  });
  return completePdfSignature({
    prepared,
    signatureValue: signWith(privateKey as KeyObject, prepared.signedAttributes),
  });
}

/** The same file with other words under its signature. */
export function falsified(pdf: Uint8Array): Uint8Array {
  const bytes = Buffer.from(pdf);
  const at = bytes.indexOf('QUYET DINH');
  if (at < 0) throw new Error('the sample has no words to change');
  bytes.write('QUYET DOAN', at, 'latin1');
  return bytes;
}
