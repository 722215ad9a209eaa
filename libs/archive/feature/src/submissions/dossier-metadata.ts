import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { termText } from '@qlvb/archive-domain';
import type { RetentionTerm } from '@qlvb/archive-domain';
import { documentTypeCode, maintenanceCode } from '@qlvb/archive-package';
import type { AccompanyingFile, Retention } from '@qlvb/archive-package';
import type { DossierEntity, DossierListEntity } from '../entities.ts';

/**
 * By which rule the retention of a dossier was set: the entry of the list by which it was opened, or whoever opened it.
 *
 * @source PKG-14
 */
export const retentionRule = (
  { notation }: Pick<DossierEntity, 'notation'>,
  list: Pick<DossierListEntity, 'year'> | null,
): { readonly rule: string; readonly basis: string; readonly version: string } =>
  list
    ? { rule: notation, basis: 'Danh mục hồ sơ', version: String(list.year) }
    : { rule: '', basis: 'Không theo danh mục hồ sơ, do người lập hồ sơ xác định', version: '' };

/** @throws Error of a dossier that is open: nobody packs one */
export function closedDay({ id, closedOn }: DossierEntity): string {
  if (closedOn === null) throw new Error(`the dossier ${id} is not closed`);
  return closedOn;
}

/** The list of contents as an accompanying file. @source NĐ30-A29-7 */
export function contentsList(dossier: DossierEntity): AccompanyingFile {
  const rows = dossier.documents.map(({ ordinal, formedOn, kindName, subject }) =>
    [ordinal, formedOn, kindName, subject].map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(','),
  );
  const bytes = Buffer.from(`STT,Ngày,Tên loại,Trích yếu\n${rows.join('\n')}\n`);
  return {
    path: 'muc-luc-van-ban.csv',
    originalName: 'Mục lục văn bản.csv',
    mimeType: 'text/csv',
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    open: () => Readable.from([bytes]),
  };
}

/** The retention by the circular's code list, in words where that has no code for it. */
export function maintenanceOf(term: RetentionTerm): { maintenance: string; description?: string } {
  const retention: Retention =
    term.kind === 'permanent' || term.kind === 'years' ? term : { kind: 'event', description: termText(term) };
  const { code, description } = maintenanceCode(retention);
  return { maintenance: code, ...(description === undefined ? {} : { description }) };
}

/** The kind of a document by the circular's code list; what has no code there is a keyword. */
export function typeOf(kindName: string): { typeName: string; keyword?: string } {
  const { code, keyword } = documentTypeCode(kindName);
  return { typeName: code, ...(keyword === undefined ? {} : { keyword }) };
}
