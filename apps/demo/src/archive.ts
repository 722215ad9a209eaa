import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiClient } from './api-client.ts';
import type { Timeline } from './timeline.ts';
import { until } from './until.ts';

export interface ArchiveOptions {
  readonly timeline: Timeline;
  readonly person: (agencyCode: string, role: string, unit?: string) => Promise<ApiClient>;
  readonly out: string;
  readonly agencyCode: string;
  readonly documentId: string;
  /** Close, submit and accept, or only file. */
  readonly submit: boolean;
}

/** Files a document in a new dossier; the sender's is closed, submitted and accepted by the agency archive. */
export async function archiveDossier({
  timeline,
  person,
  out,
  agencyCode,
  documentId,
  submit,
}: ArchiveOptions): Promise<void> {
  await dossierList({ timeline, person, agencyCode });
  const filer = await person(agencyCode, agencyCode === 'H46.11' ? 'officer' : 'unit_head');
  const serial = Date.now().toString(36).toUpperCase();
  const dossier = await filer.post('/dossiers', {
    title: 'Tổ chức quản lý, vận hành Hệ thống quản lý văn bản và điều hành',
    notation: `${serial}.CNTT`,
    retention: { kind: 'years', years: 10 },
    startedOn: new Date().toISOString().slice(0, 10),
  });
  const path = `/dossiers/${String(dossier['dossierId'])}`;
  await until(
    `${documentId} can be filed`,
    () => filer.get<{ items: { documentId: string }[] }>(`/dossiers/filable-documents?documentId=${documentId}`),
    ({ items }) => items.length > 0,
  );
  await filer.post(`${path}/documents`, { documentId });
  timeline.event(filer.fullName, `đưa văn bản vào hồ sơ ${String(dossier['dossierCode'])}`);
  if (!submit) return;
  await filer.post(`${path}/closures`, {});
  timeline.event(filer.fullName, 'kết thúc hồ sơ (closed)');
  const { submissionId } = await filer.post(`${path}/submissions`, {});
  const submission = `/submissions/${String(submissionId)}`;
  const becomes = (state: string, by: typeof filer) =>
    until(
      `the submission is ${state}`,
      () => by.get<Record<string, unknown>>(submission),
      (now) => now['state'] === state,
    );
  await becomes('submitted', filer);
  timeline.event(filer.fullName, 'nộp lưu (submitted)');
  const archivist = await person(agencyCode, 'archivist');
  await archivist.post(`${submission}/acceptances`, {});
  const accepted = await becomes('accepted', archivist);
  timeline.event(archivist.fullName, 'kiểm tra, tiếp nhận vào Lưu trữ cơ quan (accepted)');
  for (const kind of ['sip', 'aip'] as const) {
    const packageId = String((accepted['packages'] as Record<string, string>)[kind]);
    writeFileSync(join(out, `${kind}.zip`), await archivist.download(`/archive-packages/${packageId}/content`));
  }
}

/** The agency's list of dossiers of this year: made by its archive, approved by its leader; there is one a year. */
async function dossierList({
  timeline,
  person,
  agencyCode,
}: Pick<ArchiveOptions, 'timeline' | 'person' | 'agencyCode'>): Promise<void> {
  const archivist = await person(agencyCode, 'archivist');
  const year = new Date().getFullYear();
  const { items } = await archivist.get<{ items: unknown[] }>(`/dossier-lists?year=${year}`);
  if (items.length > 0) return;
  const entry = { title: 'Hồ sơ tổ chức quản lý, vận hành Hệ thống', retention: { kind: 'years', years: 10 } };
  const list = await archivist.post('/dossier-lists', {
    year,
    headings: [
      { abbreviation: 'CNTT', title: 'Công nghệ thông tin', entries: [{ ...entry, responsible: archivist.fullName }] },
    ],
  });
  timeline.event(archivist.fullName, `lập danh mục hồ sơ năm ${year} (${String(list['state'])})`);
  const leader = await person(agencyCode, 'leader');
  await leader.post(`/dossier-lists/${String(list['listId'])}/approvals`, {});
  timeline.event(leader.fullName, 'phê duyệt danh mục hồ sơ (approved)');
}
