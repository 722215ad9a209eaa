import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { AgencyChanged, DocumentSigned, OutgoingDocumentIssued, PostChanged, ROLES } from '@qlvb/contracts';
import type { DataOf, Role } from '@qlvb/contracts';
import { startTestService, tellDocumentAccess, tellRegisterAccess, until } from '@qlvb/platform-service-testing';
import type { Colleague, TestService } from '@qlvb/platform-service-testing';
import { FilesystemStore } from '@qlvb/platform-storage';
import { idFrom, newId } from '@qlvb/shared-domain';
import { AppModule } from '../src/app.module.ts';
import { archiveConfig } from '../src/archive.config.ts';

const root = join(import.meta.dirname, '..', '..', '..');

export const AGENCY = idFrom('agency:H46.05');
export const OTHER = idFrom('agency:H46.03');
const UNIT = idFrom('unit:cntt');

const colleague = (agencyId: string, fullName: string, role: Role): Colleague => ({
  userId: idFrom(`user:${agencyId}:${fullName}`),
  postId: idFrom(`post:${agencyId}:${fullName}`),
  agencyId,
  unitId: UNIT,
  permissions: [...ROLES[role]],
  fullName,
  role,
});
export const maker = colleague(AGENCY, 'Trần Thị Bình', 'officer');
export const colleagueOfMaker = colleague(AGENCY, 'Lê Văn Cường', 'officer');
export const unitHead = colleague(AGENCY, 'Phạm Văn Dũng', 'unit_head');
export const leader = colleague(AGENCY, 'Nguyễn Văn An', 'leader');
export const archivist = colleague(AGENCY, 'Đặng Thị Hoa', 'archivist');
export const stranger = colleague(OTHER, 'Mai Thị Lan', 'archivist');

export interface Dossier {
  readonly dossierId: string;
  readonly version: number;
  readonly dossierCode: string;
  readonly state: string;
  readonly closedOn: string | null;
  readonly submissionDueOn: string | null;
  readonly documentCount: number;
  readonly documents: readonly { documentId: string; documentOrdinal: number }[];
}

export interface Submission {
  readonly submissionId: string;
  readonly dossierId: string;
  readonly submissionCode: string | null;
  readonly batch: number;
  readonly state: string;
  readonly checks: readonly { check: string; outcome: string; reasons: readonly string[] }[];
  readonly packages: { readonly sip: string; readonly aip: string | null };
  readonly reason: string | null;
  readonly failure: string | null;
  readonly job: { readonly state: string; readonly done: number | null; readonly total: number | null } | null;
}

/** The archive service of one agency with its people, documents that can be filed, and a second agency that looks on. */
export class ReadingRoom {
  readonly test: TestService;
  readonly objects: string;
  readonly store: FilesystemStore;
  #notations = 0;

  private constructor(test: TestService, objects: string) {
    this.test = test;
    this.objects = objects;
    this.store = new FilesystemStore(objects);
  }

  static async open(environment: Readonly<Record<string, string>> = {}): Promise<ReadingRoom> {
    const objects = mkdtempSync(join(tmpdir(), 'qlvb-objects-'));
    const test = await startTestService({
      name: 'archive',
      schema: archiveConfig,
      module: (config, bus) => AppModule.forRoot(config, bus),
      migrations: [
        join(root, 'libs/shared/directory/migrations'),
        join(root, 'libs/platform/access/migrations'),
        join(root, 'apps/archive/migrations'),
      ],
      environment: { QLVB_STORAGE_DIR: objects, ...environment },
    });
    const room = new ReadingRoom(test, objects);
    for (const [agencyId, code, name] of [
      [AGENCY, 'H46.05', 'Sở Thông tin và Truyền thông'],
      [OTHER, 'H46.03', 'Sở Nội vụ'],
    ] as const) {
      const { example } = AgencyChanged;
      const state = { ...example, agencyId, code, name, version: 1, legacyCode: null, parentId: null, validTo: null };
      await test.deliver(AgencyChanged, agencyId, state);
      await tellRegisterAccess(test, agencyId);
    }
    for (const person of [maker, colleagueOfMaker, unitHead, leader, archivist, stranger]) await room.employ(person);
    return room;
  }

  async employ({ userId, postId, agencyId, unitId, fullName, role }: Colleague): Promise<void> {
    await this.test.deliver(PostChanged, agencyId, {
      ...PostChanged.example,
      ...{ postId, userId, agencyId, unitId, fullName },
      roles: [role],
      permissions: [...ROLES[role]],
      version: 1,
      active: true,
    });
  }

  /**
   * A document that was issued, with its file in the store and, unless told otherwise, a verified signature.
   *
   * @param options.readers who may see it; null before that was told
   */
  async document(
    options: { signed?: boolean; content?: Buffer; subject?: string; readers?: readonly Colleague[] | null } = {},
  ): Promise<DataOf<typeof OutgoingDocumentIssued>> {
    const content = options.content ?? Buffer.from(`%PDF-1.7\n% ${newId()}\n%%EOF\n`);
    const file = await this.store.put(Readable.from([content]), { maxBytes: 10_000_000 });
    const data: DataOf<typeof OutgoingDocumentIssued> = {
      ...OutgoingDocumentIssued.example,
      documentId: newId(),
      ...(options.subject ? { subject: options.subject } : {}),
      files: [
        {
          fileId: newId(),
          role: 'main',
          name: 'quyet-dinh.pdf',
          mediaType: 'application/pdf',
          sizeBytes: content.length,
          sha256: file.sha256,
          objectKey: file.key,
        },
      ],
    };
    await this.test.deliver(OutgoingDocumentIssued, AGENCY, data);
    const { readers = [maker, colleagueOfMaker] } = options;
    if (readers) await tellDocumentAccess(this.test, AGENCY, data.documentId, readers);
    if (options.signed !== false) {
      await this.test.deliver(DocumentSigned, AGENCY, {
        ...DocumentSigned.example,
        documentId: data.documentId,
        signatureKind: 'agency',
      });
    }
    return data;
  }

  openDossier(changes: Record<string, unknown> = {}, key?: string, as: Colleague = maker): Promise<Dossier> {
    this.#notations += 1;
    return this.test.json<Dossier>('/dossiers', {
      as,
      status: 201,
      body: {
        title: 'Quản lý, vận hành Hệ thống quản lý văn bản',
        notation: `${String(this.#notations).padStart(2, '0')}.CNTT`,
        retention: { kind: 'years', years: 10 },
        startedOn: '2026-01-05',
        ...changes,
      },
      ...(key ? { key } : {}),
    });
  }

  act(dossierId: string, act: string, as: Colleague = maker, body: unknown = {}): Promise<Dossier> {
    return this.test.json<Dossier>(`/dossiers/${dossierId}/${act}`, { as, body, status: 201 });
  }

  /** A closed dossier with one document. */
  async closed(options: Parameters<ReadingRoom['document']>[0] = {}, as: Colleague = maker): Promise<Dossier> {
    const { documentId } = await this.document({ readers: [as], ...options });
    const { dossierId } = await this.openDossier({}, undefined, as);
    await this.act(dossierId, 'documents', as, { documentId });
    return this.act(dossierId, 'closures', as);
  }

  /** Handed in; its package is not made yet. */
  handIn(dossierId: string, key?: string, as: Colleague = maker): Promise<Submission> {
    return this.test.json<Submission>(`/dossiers/${dossierId}/submissions`, {
      as,
      body: {},
      status: 202,
      ...(key ? { key } : {}),
    });
  }

  /** Handed in, and what came of it. */
  async submit(dossierId: string, key?: string, as: Colleague = maker): Promise<Submission> {
    return this.settled((await this.handIn(dossierId, key, as)).submissionId);
  }

  async accept(submissionId: string, body: unknown = {}, as: Colleague = archivist): Promise<Submission> {
    await this.test.json<Submission>(`/submissions/${submissionId}/acceptances`, { as, body, status: 202 });
    return this.settled(submissionId);
  }

  submission(submissionId: string): Promise<Submission> {
    return this.test.json<Submission>(`/submissions/${submissionId}`, { as: archivist });
  }

  /** When nothing is under way any more. */
  settled(submissionId: string): Promise<Submission> {
    return until(
      'the work on a submission is done',
      async () => {
        const now = await this.submission(submissionId);
        return ['packing', 'accepting'].includes(now.state) ? undefined : now;
      },
      60_000,
    );
  }

  async refusal(path: string, as: Colleague, body: unknown = {}): Promise<[number, string]> {
    const answer = await this.test.ask(path, { as, body });
    return [answer.status, ((await answer.json()) as { code?: string }).code ?? ''];
  }

  dossier(dossierId: string): Promise<Dossier> {
    return this.test.json<Dossier>(`/dossiers/${dossierId}`, { as: maker });
  }

  async download(packageId: string): Promise<Buffer> {
    const answer = await this.test.ask(`/archive-packages/${packageId}/content`, { as: archivist });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return Buffer.from(await answer.arrayBuffer());
  }

  async count(what: string): Promise<number> {
    const { rows } = await this.test.admin.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${what}`);
    return rows[0]?.n ?? 0;
  }
}
