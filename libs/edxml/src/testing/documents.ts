import { Readable, Writable } from 'node:stream';
import type { DocumentPackage, StatusPackage } from '../package/model.ts';
import { readPackage } from '../reading/read-package.ts';
import type { ReadOptions, ReadResult } from '../reading/read-package.ts';
import { writeDocumentPackage } from '../writing/write-package.ts';
import type { OutgoingAttachment } from '../writing/write-package.ts';

/** The clock of the tests: noon in Vietnam. */
export const NOW = new Date('2026-11-20T05:00:00Z');

/** A valid new document; a test states only what matters to it. */
export const documentWith = (change: Partial<DocumentPackage> = {}): DocumentPackage => ({
  sender: { agencyCode: 'H46.11', name: 'Sở Thông tin và Truyền thông tỉnh Quảng Bình' },
  recipients: [{ agencyCode: 'H46.67', name: 'UBND huyện Quảng Ninh' }],
  documentId: 'H46.11,2026/11/20,15/QĐ-STTTT',
  codeNumber: '15',
  codeNotation: 'QĐ-STTTT',
  issuedOn: '2026-11-20',
  documentType: { name: 'Quyết định' },
  subject: 'Về việc ban hành quy chế vận hành hệ thống quản lý văn bản',
  sentAt: new Date('2026-11-20T03:12:45Z'),
  business: { type: 'new' },
  ...change,
});

export const statusWith = (change: Partial<StatusPackage> = {}): StatusPackage => ({
  sender: { agencyCode: 'H46.67', name: 'UBND huyện Quảng Ninh' },
  about: {
    agencyCode: 'H46.11',
    documentCode: '15/QĐ-STTTT',
    issuedOn: '2026-11-20',
    documentId: 'H46.11,2026/11/20,15/QĐ-STTTT',
  },
  status: '03',
  description: 'Đã vào sổ văn bản đến số 1045',
  at: new Date('2026-11-20T04:00:00Z'),
  ...change,
});

export const attachmentOf = (
  name: string,
  content: Uint8Array | string,
  more: Partial<OutgoingAttachment> = {},
): OutgoingAttachment => ({ name, content: Readable.from([Buffer.from(content)]), ...more });

/** A sink that keeps what is written. */
export class Memory extends Writable {
  readonly #chunks: Buffer[] = [];

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}

export async function written(document: DocumentPackage, attachments: OutgoingAttachment[] = []): Promise<Buffer> {
  const sink = new Memory();
  await writeDocumentPackage(document, attachments, sink, { now: NOW });
  return sink.bytes;
}

/** Reads a package from memory; attachments are delivered as bytes. */
export const read = (
  content: Uint8Array | string,
  options: Omit<ReadOptions<Buffer>, 'onAttachment'> = {},
  chunkBytes = 64 * 1024,
): Promise<ReadResult<Buffer>> =>
  readPackage(Readable.from(chunksOf(Buffer.from(content), chunkBytes)), {
    now: NOW,
    onAttachment: async (_meta, stream) => Buffer.concat(await stream.toArray()),
    ...options,
  });

function* chunksOf(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

type Kind = 'edoc' | 'status' | 'unreadable';

/** The result as the kind it must be. */
export function as<K extends Kind>(kind: K, result: ReadResult<Buffer>): Extract<ReadResult<Buffer>, { kind: K }> {
  if (result.kind !== kind) throw new Error(`read as ${result.kind}: ${JSON.stringify(result)}`);
  return result as Extract<ReadResult<Buffer>, { kind: K }>;
}

export const codesOf = (result: ReadResult<unknown>): string[] => result.findings.map(({ code }) => code);
