import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { DocumentSigned, PackageReceived, ValidationCompleted } from '@qlvb/contracts';
import type { DataOf, FileRef, Role } from '@qlvb/contracts';
import { postHolder, startTestService, tellAgency, tellPost } from '@qlvb/platform-service-testing';
import type { PostHolder, TestService } from '@qlvb/platform-service-testing';
import { FilesystemStore } from '@qlvb/platform-storage';
import { idFrom, newId } from '@qlvb/shared-domain';
import { samplePdf } from '@qlvb/pdf-testing';
import { vietnamDate } from '@qlvb/vietnam';
import { AppModule } from '../src/app.module.ts';
import { documentsConfig } from '../src/documents.config.ts';

const root = join(import.meta.dirname, '..', '..', '..');

export const SENDER = idFrom('agency:H46.05');
export const RECIPIENT = idFrom('agency:H46.03');
export const UNIT = idFrom('unit:cntt');
export const OTHER_UNIT = idFrom('unit:vp');

export type Colleague = PostHolder;

const colleague = (agencyId: string, unitId: string, name: string, title: string, ...roles: Role[]): Colleague =>
  postHolder({ agencyId, unitId }, name, title, ...roles);

export const officer = colleague(SENDER, UNIT, 'Trần Thị Bình', 'Chuyên viên', 'officer');
export const otherOfficer = colleague(SENDER, OTHER_UNIT, 'Lê Văn Cường', 'Chuyên viên', 'officer');
export const unitHead = colleague(SENDER, UNIT, 'Phạm Văn Dũng', 'Trưởng phòng', 'unit_head');
export const otherHead = colleague(SENDER, OTHER_UNIT, 'Võ Thị Én', 'Trưởng phòng', 'unit_head');
export const checker = colleague(SENDER, OTHER_UNIT, 'Đỗ Văn Giang', 'Chánh Văn phòng', 'layout_checker');
export const leader = colleague(SENDER, OTHER_UNIT, 'Nguyễn Văn An', 'Giám đốc', 'leader');
export const deputy = colleague(SENDER, OTHER_UNIT, 'Trần Văn Phúc', 'Phó Giám đốc', 'leader');
export const clerk = colleague(SENDER, OTHER_UNIT, 'Hoàng Thị Hạnh', 'Văn thư', 'clerk');
export const admin = colleague(SENDER, OTHER_UNIT, 'Bùi Văn Khánh', 'Quản trị', 'agency_admin');
export const recipientClerk = colleague(RECIPIENT, idFrom('unit:snv'), 'Mai Thị Lan', 'Văn thư', 'clerk');
export const recipientLeader = colleague(RECIPIENT, idFrom('unit:snv'), 'Ngô Văn Minh', 'Giám đốc', 'leader');
export const recipientOfficer = colleague(RECIPIENT, idFrom('unit:snv'), 'Phan Thị Nga', 'Chuyên viên', 'officer');
export const recipientStranger = colleague(RECIPIENT, idFrom('unit:snv'), 'Quách Văn Ơn', 'Chuyên viên', 'officer');
const EVERYBODY = [
  officer,
  otherOfficer,
  unitHead,
  otherHead,
  checker,
  leader,
  deputy,
  clerk,
  admin,
  recipientClerk,
  recipientLeader,
  recipientOfficer,
  recipientStranger,
];

export interface Outgoing {
  readonly documentId: string;
  readonly version: number;
  readonly state: string;
  readonly draftVersion: number;
  readonly number: number | null;
  readonly documentCode: string | null;
  readonly issuedOn: string | null;
  readonly files: readonly {
    fileId: string;
    sha256: string;
    name: string;
    role: string;
    earlierSignatures: string | null;
  }[];
  readonly allowedActs: readonly string[];
}

export interface Incoming {
  readonly documentId: string;
  readonly state: string;
  readonly arrivalNumber: number | null;
  readonly legalValue: string | null;
  readonly [more: string]: unknown;
}

/** The documents service with two agencies and their people, and what they do all day. */
export class Office {
  readonly test: TestService;
  #codes = 0;

  private constructor(test: TestService) {
    this.test = test;
  }

  static async open(environment: Readonly<Record<string, string>> = {}): Promise<Office> {
    const test = await startTestService({
      name: 'documents',
      schema: documentsConfig,
      module: (config, bus) => AppModule.forRoot(config, bus),
      migrations: [
        join(root, 'libs/shared/directory/migrations'),
        join(root, 'libs/platform/access/migrations'),
        join(root, 'apps/documents/migrations'),
      ],
      environment: { QLVB_STORAGE_DIR: mkdtempSync(join(tmpdir(), 'qlvb-objects-')), ...environment },
    });
    const office = new Office(test);
    await office.#settle();
    return office;
  }

  async #settle(): Promise<void> {
    await tellAgency(this.test, SENDER, { code: 'H46.05', name: 'Sở Thông tin và Truyền thông', shortName: 'STTTT' });
    await tellAgency(this.test, RECIPIENT, { code: 'H46.03', name: 'Sở Nội vụ', shortName: 'SNV' });
    await tellAgency(this.test, idFrom('agency:H46.99'), {
      ...{ code: 'H46.99', name: 'Sở đã giải thể', shortName: 'SGT' },
      validTo: '2024-12-31',
    });
    await Promise.all(EVERYBODY.map((person) => this.employ(person)));
  }

  employ(person: Colleague, version = 1): Promise<string> {
    const unit =
      person.unitId === UNIT
        ? { unitName: 'Phòng Công nghệ thông tin', unitSymbol: 'CNTT' }
        : { unitName: 'Văn phòng', unitSymbol: 'VP' };
    return tellPost(this.test, person, { ...unit, version });
  }

  async upload(
    as: Colleague = officer,
    name = 'quyet-dinh.pdf',
    text = newId(),
    bytes: Uint8Array = pdf(text),
  ): Promise<string> {
    const { fileId } = await this.test.json<{ fileId: string }>(`/files?name=${encodeURIComponent(name)}`, {
      as,
      method: 'POST',
      bytes,
      headers: { 'content-type': 'application/pdf' },
    });
    return fileId;
  }

  /** A file that an upload took before it was read as now: its bytes are in the store whatever they are. */
  async uploadedEarlier(bytes: Uint8Array, name = 'phu-luc.pdf', as: Colleague = officer): Promise<string> {
    const store = new FilesystemStore(this.test.environment['QLVB_STORAGE_DIR'] ?? '');
    const { key, sha256, sizeBytes } = await store.put(Readable.from([Buffer.from(bytes)]), { maxBytes: bytes.length });
    const fileId = await this.upload(as, name);
    await this.test.admin.query('UPDATE file SET object_key = $2, sha256 = $3, size_bytes = $4 WHERE id = $1', [
      fileId,
      key,
      sha256,
      sizeBytes,
    ]);
    return fileId;
  }

  /** Takes a file's bytes out of the store, or puts others of the same length in their place. */
  async harm(fileId: string, how: 'altered' | 'gone'): Promise<void> {
    const { rows } = await this.test.admin.query<{ key: string; size: string }>(
      'SELECT object_key AS key, size_bytes AS size FROM file WHERE id = $1',
      [fileId],
    );
    const [file] = rows;
    const object = join(this.test.environment['QLVB_STORAGE_DIR'] ?? '', file?.key ?? '');
    chmodSync(object, 0o640);
    if (how === 'gone') rmSync(object);
    else writeFileSync(object, pdf('changed by somebody'.padEnd(Number(file?.size))).subarray(0, Number(file?.size)));
  }

  async draftInput(changes: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    return {
      documentType: 'decision',
      subject: 'Ban hành Quy chế quản lý, sử dụng hệ thống quản lý văn bản và điều hành',
      leadUnitId: UNIT,
      assignedByPostId: unitHead.postId,
      signerPostId: leader.postId,
      competence: 'none',
      signerPosition: 'GIÁM ĐỐC',
      recipients: [{ agencyId: RECIPIENT }, { name: 'Lưu: VT' }],
      mainFileId: (changes['mainFileId'] as string | undefined) ?? (await this.upload()),
      notSecret: true,
      ...changes,
    };
  }

  async draft(changes: Record<string, unknown> = {}): Promise<Outgoing> {
    return this.test.json<Outgoing>('/outgoing-documents', {
      as: officer,
      body: await this.draftInput(changes),
      status: 201,
    });
  }

  act(documentId: string, act: string, as: Colleague, body: unknown = {}): Promise<Outgoing> {
    return this.test.json<Outgoing>(`/outgoing-documents/${documentId}/${act}`, { as, body, status: 201 });
  }

  /** A draft that passed both checks and waits for its signer. */
  async checked(changes: Record<string, unknown> = {}): Promise<Outgoing> {
    const { documentId } = await this.draft(changes);
    await this.act(documentId, 'submissions', officer);
    await this.act(documentId, 'content-checks', unitHead, { outcome: 'passed' });
    return this.passLayout(documentId);
  }

  /** A report of the program that found nothing, asked for by somebody else. */
  async reportLayout(documentId: string): Promise<void> {
    await this.test.admin.query(
      `INSERT INTO layout_report (id, agency_id, version, created_at, updated_at, document_id, draft_version, object_key, requested_by,
         job_id, state, page_count, findings)
       SELECT gen_random_uuid(), agency_id, 1, now(), now(), id, draft_version, files->0->>'objectKey', gen_random_uuid(), gen_random_uuid(), 'done', 1, '[]'
       FROM outgoing_document WHERE id = $1`,
      [documentId],
    );
  }

  async passLayout(documentId: string): Promise<Outgoing> {
    await this.reportLayout(documentId);
    return this.act(documentId, 'layout-checks', checker, { outcome: 'passed' });
  }

  /** What the head hands on; a deputy's field for all kinds unless told otherwise. @returns its id */
  async grant(changes: Record<string, unknown> = {}): Promise<string> {
    const body = { form: 'for_head', granteePostId: deputy.postId, startsOn: vietnamDate(new Date()), ...changes };
    const { grantId } = await this.test.json<{ grantId: string }>('/signing-grants', { as: leader, body, status: 201 });
    return grantId;
  }

  /** What the signature service reports once a signature is embedded. */
  async sign(
    documentId: string,
    signatureKind: 'personal' | 'agency',
    more: Partial<DataOf<typeof DocumentSigned>> = {},
  ): Promise<readonly FileRef[]> {
    const { rows } = await this.test.admin.query<{ files: FileRef[] }>(
      `SELECT (SELECT jsonb_agg(file - 'earlierSignatures' ORDER BY place)
               FROM jsonb_array_elements(files) WITH ORDINALITY AS one (file, place)) AS files
       FROM outgoing_document WHERE id = $1`,
      [documentId],
    );
    const files = (rows[0]?.files ?? []).map((file) => ({ ...file, fileId: newId() }));
    await this.test.deliver(DocumentSigned, SENDER, {
      documentId,
      sessionId: newId(),
      signatureKind,
      signerUserId: signatureKind === 'personal' ? leader.userId : clerk.userId,
      files,
      level: 'B-T',
      certificateSerial: '4f2a',
      certificateSubject: 'CN=Nguyễn Văn An',
      signedAt: new Date().toISOString(),
      pageCount: 2,
      ...more,
    });
    return files;
  }

  /** A document that its signer has signed and that waits for its number. */
  async signed(changes: Record<string, unknown> = {}): Promise<Outgoing> {
    const document = await this.checked(changes);
    await this.sign(document.documentId, 'personal');
    return this.outgoing(document.documentId);
  }

  outgoing(documentId: string, as: Colleague = officer): Promise<Outgoing> {
    return this.test.json<Outgoing>(`/outgoing-documents/${documentId}`, { as, status: 200 });
  }

  /** Lets the same people see copies of a document that were made without the way there. */
  async copyAccess(documentId: string, copies: readonly string[]): Promise<void> {
    await this.test.admin.query(
      `WITH object AS (
         INSERT INTO access_object (agency_id, object_kind, object_id, object_at, version, registered)
         SELECT agency_id, object_kind, copy, object_at, version, registered
         FROM access_object, unnest($2::uuid[]) AS copy WHERE object_id = $1
       )
       INSERT INTO access_row (id, agency_id, object_kind, object_id, object_at, principal_kind, principal_id, permission,
         access_right, ground, valid_from, confirmed_at)
       SELECT gen_random_uuid(), agency_id, object_kind, copy, object_at, principal_kind, principal_id, permission, access_right,
         ground, valid_from, confirmed_at
       FROM access_row, unnest($2::uuid[]) AS copy WHERE object_id = $1 AND revoked_at IS NULL`,
      [documentId, copies],
    );
  }

  /** What exchange reports once a package for the recipient is unpacked. @returns the id of the incoming document */
  async arrive(changes: Partial<DataOf<typeof PackageReceived>> = {}): Promise<string> {
    this.#codes += 1;
    const packageId = changes.packageId ?? newId();
    await this.test.deliver(PackageReceived, RECIPIENT, {
      packageId,
      senderCode: 'H46.05',
      senderName: 'Sở Thông tin và Truyền thông',
      senderDocumentId: `H46.05,2026,${this.#codes}`,
      documentType: 'decision',
      codeNumber: String(this.#codes).padStart(2, '0'),
      codeNotation: 'QĐ-STTTT',
      issuedOn: '2026-11-23',
      placeOfIssue: 'Quảng Bình',
      subject: 'Ban hành Quy chế quản lý, sử dụng hệ thống',
      signerName: 'Nguyễn Văn An',
      signerPosition: 'Giám đốc',
      urgency: 'normal',
      replyDueOn: null,
      files: [fileRef()],
      findings: [],
      arrivedAt: new Date().toISOString(),
      ...changes,
    });
    return idFrom(`incoming:${packageId}`);
  }

  async validate(
    documentId: string,
    result: Partial<DataOf<typeof ValidationCompleted>['files'][number]> = {},
  ): Promise<void> {
    const { rows } = await this.test.admin.query<{ files: FileRef[] }>(
      'SELECT files FROM incoming_document WHERE id = $1',
      [documentId],
    );
    await this.test.deliver(ValidationCompleted, RECIPIENT, {
      documentId,
      validationId: newId(),
      validatedAt: new Date().toISOString(),
      files: (rows[0]?.files ?? [])
        .filter(({ role }) => role === 'main')
        .map(({ fileId }) => ({
          fileId,
          legalEffect: 'complete' as const,
          intact: true,
          authentic: true,
          integrity: result.intact === false ? ('broken' as const) : ('proven' as const),
          ...(result.authentic === false ? {} : { personal: 'valid' as const, agency: 'valid' as const }),
          agencyCodes: ['H46.05'],
          signerName: 'Nguyễn Văn An',
          findings: [],
          ...result,
        })),
    });
  }

  /** A document that arrived and whose signatures hold. */
  async verified(changes: Partial<DataOf<typeof PackageReceived>> = {}): Promise<string> {
    const documentId = await this.arrive(changes);
    await this.validate(documentId);
    return documentId;
  }

  incoming(documentId: string, as: Colleague = recipientClerk): Promise<Incoming> {
    return this.test.json<Incoming>(`/incoming-documents/${documentId}`, { as, status: 200 });
  }

  decide(documentId: string, act: 'acceptances' | 'refusals', body: unknown = {}): Promise<Incoming> {
    return this.test.json<Incoming>(`/incoming-documents/${documentId}/${act}`, {
      as: recipientClerk,
      body,
      status: 201,
    });
  }

  /** Status and problem code of a request that is refused. */
  async refusal(path: string, ask: Parameters<TestService['ask']>[1]): Promise<[number, string]> {
    const answer = await this.test.ask(path, ask);
    const problem = (await answer.json()) as { code?: string };
    return [answer.status, problem.code ?? ''];
  }
}

/** A draft of one page with what a document needs to be signed and numbered. */
export const pdf = (text = ''): Uint8Array => samplePdf({ comment: text });

export const fileRef = (role: FileRef['role'] = 'main'): FileRef => {
  const sha256 = newId().replaceAll('-', '').repeat(2);
  return {
    fileId: newId(),
    role,
    name: role === 'main' ? 'quyet-dinh.pdf' : 'phu-luc.pdf',
    mediaType: 'application/pdf',
    sizeBytes: 1000,
    sha256,
    objectKey: `sha256/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`,
  };
};
