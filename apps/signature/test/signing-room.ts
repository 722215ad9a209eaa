import type { KeyObject } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  DocumentSigned,
  IncomingDocumentArrived,
  OutgoingDocumentChecked,
  OutgoingDocumentNumbered,
  PersonNumbered,
} from '@qlvb/contracts';
import type { DataOf, FileRef, Role } from '@qlvb/contracts';
import { DemoPki, demoPkiHandler, drawDemoSeal, drawDemoSignature } from '@qlvb/demo-pki';
import { drawDocument } from '@qlvb/document-layout';
import {
  personOf,
  postHolder,
  startTestService,
  tellAgency,
  tellDocumentAccess,
  tellPost,
  tellRegisterAccess,
} from '@qlvb/platform-service-testing';
import type { PostHolder, TestService } from '@qlvb/platform-service-testing';
import { numberProof, numberProofKey } from '@qlvb/vietnam';
import { FilesystemStore } from '@qlvb/platform-storage';
import { idFrom, newId } from '@qlvb/shared-domain';
import { signWith } from '@qlvb/x509';
import type { Certificate } from '@qlvb/x509';
import { AppModule } from '../src/app.module.ts';
import { signatureConfig } from '../src/signature.config.ts';

const root = join(import.meta.dirname, '..', '..', '..');

export const SENDER = idFrom('agency:H46.05');
export const RECIPIENT = idFrom('agency:H46.03');
const AGENCY_NAME = 'Sở Thông tin và Truyền thông';

export type Colleague = PostHolder;

const colleague = (agencyId: string, name: string, title: string, ...roles: Role[]): Colleague =>
  postHolder({ agencyId, unitId: idFrom(`unit:${agencyId}`) }, name, title, ...roles);

export const leader = colleague(SENDER, 'Nguyễn Hoàng Dương', 'Giám đốc', 'leader');
export const deputy = colleague(SENDER, 'Trần Văn Phúc', 'Phó Giám đốc', 'leader');
export const clerk = colleague(SENDER, 'Hoàng Thị Hạnh', 'Văn thư', 'clerk');
export const otherClerk = colleague(SENDER, 'Lê Thị Quý', 'Văn thư', 'clerk');
export const officer = colleague(SENDER, 'Trần Thị Bình', 'Chuyên viên', 'officer');
export const admin = colleague(SENDER, 'Bùi Văn Khánh', 'Quản trị', 'agency_admin');
export const stranger = colleague(RECIPIENT, 'Ngô Văn Minh', 'Giám đốc', 'leader', 'clerk', 'agency_admin');
const EVERYBODY = [leader, deputy, clerk, otherClerk, officer, admin, stranger];

/** The citizen number of somebody, made up from the id and never written out. */
export const numberOf = ({ userId }: { readonly userId: string }): string =>
  `099${String(BigInt(`0x${userId.replaceAll('-', '').slice(-12)}`) % 1_000_000_000n).padStart(9, '0')}`;

const HOLDER_KEY = Buffer.alloc(32, 7).toString('base64url');

export interface Holder {
  readonly certificate: Certificate;
  readonly privateKey: KeyObject;
}

export interface Session {
  readonly sessionId: string;
  readonly state: string;
  readonly level: string | null;
  readonly toSign: readonly { fileId: string; fileName: string; signedAttributes: string; digest: string }[];
  readonly files: readonly { fileId: string; name: string; sha256: string }[];
}

export interface Draft {
  readonly documentId: string;
  readonly files: readonly FileRef[];
}

/** What of the authority answers; everything unless a test pulls a plug. */
interface Plugs {
  ocsp: boolean;
  lists: boolean;
  tsa: boolean;
}

/** The signature service, an authority on loopback, and a drawer of keys that never go to the service. */
export class SigningRoom {
  readonly test: TestService;
  readonly pki: DemoPki;
  readonly store: FilesystemStore;
  readonly plugs: Plugs;
  readonly #closePki: () => void;

  private constructor(test: TestService, pki: DemoPki, store: FilesystemStore, plugs: Plugs, closePki: () => void) {
    this.test = test;
    this.pki = pki;
    this.store = store;
    this.plugs = plugs;
    this.#closePki = closePki;
  }

  static async open(): Promise<SigningRoom> {
    const folder = mkdtempSync(join(tmpdir(), 'qlvb-signing-'));
    const plugs: Plugs = { ocsp: true, lists: true, tsa: true };
    const authority: { answer?: ReturnType<typeof demoPkiHandler> } = {};
    const server = createServer((request, response) => {
      const url = request.url ?? '';
      const on = url === '/ocsp' ? plugs.ocsp : url === '/tsa' ? plugs.tsa : plugs.lists;
      if (on && authority.answer) return authority.answer(request, response);
      response.writeHead(503).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const pki = new DemoPki({ baseUrl });
    authority.answer = demoPkiHandler(pki);
    writeFileSync(join(folder, 'trust.pem'), pki.root.certificate.pem);
    const test = await startTestService({
      name: 'signature',
      schema: signatureConfig,
      module: (config, bus) => AppModule.forRoot(config, bus),
      migrations: [
        join(root, 'libs/shared/directory/migrations'),
        join(root, 'libs/platform/access/migrations'),
        join(root, 'apps/signature/migrations'),
      ],
      environment: {
        QLVB_STORAGE_DIR: join(folder, 'objects'),
        QLVB_HOLDER_KEY: HOLDER_KEY,
        QLVB_TRUST_STORE_FILE: join(folder, 'trust.pem'),
        QLVB_TSA_URL: `${baseUrl}/tsa`,
        QLVB_REVOCATION_ORIGINS: baseUrl,
      },
    });
    const closePki = (): void => {
      server.closeAllConnections();
      server.close();
    };
    const room = new SigningRoom(test, pki, new FilesystemStore(join(folder, 'objects')), plugs, closePki);
    await room.#settle();
    return room;
  }

  async close(): Promise<void> {
    await this.test.stop();
    this.#closePki();
  }

  async #settle(): Promise<void> {
    await tellAgency(this.test, SENDER, { code: 'H46.05', name: AGENCY_NAME, shortName: 'H46.05' });
    await tellAgency(this.test, RECIPIENT, { code: 'H46.03', name: 'Sở Nội vụ', shortName: 'H46.03' });
    for (const agencyId of [SENDER, RECIPIENT]) await tellRegisterAccess(this.test, agencyId);
    for (const somebody of EVERYBODY) await this.employ(somebody);
  }

  async employ(somebody: Colleague): Promise<string> {
    await this.tellNumber(somebody);
    return this.tellPost(somebody);
  }

  /** As identity does: a keyed proof, never the number. */
  async tellNumber({ userId, agencyId }: Colleague, number = numberOf({ userId })): Promise<string> {
    const key = numberProofKey(HOLDER_KEY);
    const toldAt = new Date().toISOString();
    const proof = await numberProof(key, userId, number);
    return this.test.deliver(PersonNumbered, agencyId, { userId, keyId: key.id, proof, toldAt });
  }

  tellPost(somebody: Colleague): Promise<string> {
    return tellPost(this.test, somebody, { unitName: 'Văn phòng', unitSymbol: 'VP' });
  }

  /** A key pair and its certificate, as on a token. */
  person(who: Colleague, options: Parameters<DemoPki['issue']>[1] & { readonly uid?: string } = {}): Holder {
    const request = {
      kind: 'person' as const,
      name: who.fullName,
      title: who.title,
      organization: AGENCY_NAME,
      cccd: numberOf(who),
      ...(options.uid === undefined ? {} : { uid: options.uid }),
    };
    return this.pki.issue(request, options) as Holder;
  }

  agency(): Holder {
    return this.pki.issue({ kind: 'agency', organization: AGENCY_NAME, code: 'H46.05' }) as Holder;
  }

  certificateInput(holder: Holder, who: Colleague | 'agency', changes: Record<string, unknown> = {}): object {
    const picture = who === 'agency' ? drawDemoSeal(AGENCY_NAME, 36) : drawDemoSignature(who.fullName);
    return {
      ...(who === 'agency' ? { subjectKind: 'agency' } : { subjectKind: 'person', userId: who.userId }),
      certificatePem: holder.certificate.pem,
      chainPem: this.pki.authority.certificate.pem,
      pictureFile: picture.toString('base64'),
      ...changes,
    };
  }

  /** @returns the id of the certificate */
  async register(holder: Holder, who: Colleague | 'agency', as: Colleague = admin): Promise<string> {
    const body = this.certificateInput(holder, who);
    const view = await this.test.json<{ certificateId: string }>('/certificates', { as, body, status: 201 });
    return view.certificateId;
  }

  async put(bytes: Uint8Array, role: FileRef['role'], name: string, mediaType = 'application/pdf'): Promise<FileRef> {
    const { key, sha256, sizeBytes } = await this.store.put(Readable.from([Buffer.from(bytes)]), { maxBytes: 1e8 });
    return { fileId: newId(), role, name, mediaType, sizeBytes, sha256, objectKey: key };
  }

  read(file: { readonly objectKey: string }): Promise<Buffer> {
    return this.store.readSmall({ key: file.objectKey }, 1e8);
  }

  /** A drawn decision with an attached PDF and a spreadsheet. */
  async draft(documentId = newId()): Promise<Draft> {
    const decision = await drawnDecision();
    return {
      documentId,
      files: [
        await this.put(decision, 'main', 'quyet-dinh.pdf'),
        await this.put(decision, 'attachment', 'phu-luc.pdf'),
        await this.put(Buffer.from('ma;ten\n1;An\n'), 'attachment', 'danh-sach.csv', 'text/csv'),
      ],
    };
  }

  /** Documents tells who may see one; once it is registered, beside those who may see all that is. */
  tellAccess(
    documentId: string,
    readers: readonly { readonly userId: string }[] = [],
    registered = false,
  ): Promise<string> {
    return tellDocumentAccess(this.test, SENDER, documentId, readers, 'outgoing-document', [], registered);
  }

  async check(draft: Draft, changes: Partial<DataOf<typeof OutgoingDocumentChecked>> = {}): Promise<void> {
    await this.tellAccess(draft.documentId);
    await this.test.deliver(OutgoingDocumentChecked, SENDER, {
      ...this.base(draft.documentId),
      check: 'layout',
      outcome: 'passed',
      checkedBy: personOf(clerk),
      checkedAt: new Date().toISOString(),
      files: [...draft.files],
      signerTitle: 'GIÁM ĐỐC',
      ...changes,
    });
  }

  async number(documentId: string, files: readonly FileRef[]): Promise<void> {
    await this.test.deliver(OutgoingDocumentNumbered, SENDER, {
      ...this.base(documentId),
      number: 5,
      documentCode: '05/QĐ-STTTT',
      issuedOn: '2026-11-23',
      placeAndDate: 'Quảng Bình, ngày 23 tháng 11 năm 2026',
      files: [...files],
      numberedAt: new Date().toISOString(),
    });
    await this.tellAccess(documentId, [], true);
  }

  base(documentId: string) {
    return {
      documentId,
      subject: 'Phân công trách nhiệm quản lý, vận hành Hệ thống',
      documentType: 'decision',
      urgency: 'normal' as const,
      unitId: leader.unitId,
      drafter: personOf(officer),
      signer: personOf(leader),
    };
  }

  openSession(documentId: string, signatureKind: 'personal' | 'agency', certificateId: string, as: Colleague) {
    const body = { documentId, signatureKind, certificateId };
    return this.test.json<Session>('/signing-sessions', { as, body, status: 201 });
  }

  values(session: Session, by: Holder): { values: { fileId: string; signature: string }[] } {
    return {
      values: session.toSign.map(({ fileId, signedAttributes }) => ({
        fileId,
        signature: Buffer.from(signWith(by.privateKey, Buffer.from(signedAttributes, 'base64'))).toString('base64'),
      })),
    };
  }

  complete(session: Session, by: Holder, as: Colleague): Promise<Session> {
    const body = this.values(session, by);
    return this.test.json<Session>(`/signing-sessions/${session.sessionId}/signatures`, { as, body, status: 201 });
  }

  /** Everything that was published about signatures on a document, oldest first. */
  async signed(documentId: string): Promise<DataOf<typeof DocumentSigned>[]> {
    const events = await this.test.published(DocumentSigned);
    return events.map(({ data }) => data).filter((data) => data.documentId === documentId);
  }

  /** The files of a document after its last signature. @throws Error when there is none */
  async filesOf(documentId: string): Promise<FileRef[]> {
    const last = (await this.signed(documentId)).at(-1);
    if (!last) throw new Error(`nothing was signed of ${documentId}`);
    return last.files;
  }

  async mainOf(documentId: string): Promise<FileRef> {
    return named(await this.filesOf(documentId), 'quyet-dinh.pdf');
  }

  async arrive(files: readonly FileRef[], id = newId(), signerPosition = 'Giám đốc'): Promise<string> {
    const documentId = newId();
    await tellDocumentAccess(this.test, RECIPIENT, documentId, [], 'incoming-document');
    await this.test.deliver(
      IncomingDocumentArrived,
      RECIPIENT,
      {
        documentId,
        packageId: newId(),
        subject: 'Phân công trách nhiệm',
        urgency: 'normal',
        senderCode: 'H46.05',
        senderName: AGENCY_NAME,
        arrivedAt: new Date().toISOString(),
        files: [...files],
        signerPosition,
      },
      id,
    );
    return documentId;
  }

  /** Status and problem code of a request that is refused. */
  async refusal(path: string, ask: Parameters<TestService['ask']>[1]): Promise<[number, string]> {
    const answer = await this.test.ask(path, ask);
    const problem = (await answer.json()) as { code?: string };
    return [answer.status, problem.code ?? ''];
  }
}

/** @throws Error when there is no such file */
export function named(files: readonly FileRef[], name: string): FileRef {
  const file = files.find((candidate) => candidate.name === name);
  if (!file) throw new Error(`no file ${name}`);
  return file;
}

let decision: Promise<Uint8Array> | undefined;

export const drawnDecision = (): Promise<Uint8Array> =>
  (decision ??= drawDocument({
    form: 'decision',
    parentAgency: 'UBND TỈNH QUẢNG BÌNH',
    issuingAgency: 'SỞ THÔNG TIN VÀ TRUYỀN THÔNG',
    placeOfIssue: 'Quảng Bình',
    symbol: 'QĐ-STTTT',
    kindName: 'QUYẾT ĐỊNH',
    subject: 'Về việc phân công trách nhiệm quản lý, vận hành Hệ thống',
    decider: 'GIÁM ĐỐC SỞ THÔNG TIN VÀ TRUYỀN THÔNG',
    legalBases: ['Căn cứ Luật Giao dịch điện tử ngày 22 tháng 6 năm 2023'],
    body: [{ block: 'article', number: 1, text: 'Phân công Phòng Công nghệ thông tin chủ trì vận hành Hệ thống.' }],
    authorityLines: ['GIÁM ĐỐC'],
    signerName: leader.fullName,
    recipients: ['Như Điều 1'],
    fileCopy: 'VT, CNTT',
    createdAt: new Date('2026-11-23T02:00:00Z'),
  }));
