import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  AgencyChanged,
  AxisDocumentPackage,
  AxisStatusPackage,
  ExchangeNotificationRequested,
  HandlingCompleted,
  HandlingStarted,
  IncomingDocumentAccepted,
  IncomingDocumentRefused,
  InstructionIssued,
  OutgoingDocumentIssued,
  PERMISSIONS,
  PostChanged,
} from '@qlvb/contracts';
import type { DataOf } from '@qlvb/contracts';
import type { TestTokenClaims } from '@qlvb/platform-auth-testing';
import { startTestService, tellDocumentAccess, tellRegisterAccess, until } from '@qlvb/platform-service-testing';
import type { TestService } from '@qlvb/platform-service-testing';
import { FilesystemStore } from '@qlvb/platform-storage';
import type { StoredObject } from '@qlvb/platform-storage';
import { idFrom, newId } from '@qlvb/shared-domain';
import { AppModule } from '../src/app.module.ts';
import { exchangeConfig } from '../src/exchange.config.ts';

const root = join(import.meta.dirname, '..', '..', '..');

type Person = TestTokenClaims & {
  readonly agencyId: string;
  readonly userId: string;
  readonly postId: string;
  readonly unitId: string;
};

export const SENDER = idFrom('agency:H46.05');
export const RECIPIENT = idFrom('agency:H46.03');
export const THIRD = idFrom('agency:H46.07');

export const person = (agencyId: string): Person => ({
  userId: idFrom(`user:${agencyId}`),
  postId: idFrom(`post:${agencyId}`),
  unitId: idFrom(`unit:${agencyId}`),
  agencyId,
  permissions: [...PERMISSIONS],
});
export const sender = person(SENDER);
export const recipient = person(RECIPIENT);
export const third = person(THIRD);

export const PDF = Buffer.from('%PDF-1.7\n% quyết định\n%%EOF\n');

export interface DeliveryDetail {
  readonly deliveryId: string;
  readonly packageId: string;
  readonly recipientCode: string;
  readonly status: string;
  readonly failureCode: string | null;
  readonly attempts: number;
  readonly history: readonly { status: string; by: string | null; reason: string | null; counts: boolean }[];
}

export interface ReceivedDetail {
  readonly packageId: string;
  readonly documentId: string;
  readonly kind: string | null;
  readonly state: string;
  readonly ground: string | null;
  readonly decisions: readonly string[];
  readonly statusCode: string | null;
  readonly businessType: string | null;
  readonly businessReason: string | null;
  readonly subject: string | null;
  readonly documentCode: string;
  readonly problem: string | null;
  readonly sha256: string | null;
  readonly sizeBytes: number | null;
  readonly deaths: number;
  readonly findings: readonly { code: string; path: string | null }[];
  readonly attachments: readonly { name: string | null; sha256: string | null }[];
}

/** The exchange service with three agencies; what it sends on the axis comes back to it, as in the province. */
export class PostRoom {
  readonly test: TestService;
  readonly store: FilesystemStore;
  readonly objects: string;

  /** Who was told of something, by kind. */
  async told(kind: string, aboutId: string): Promise<readonly DataOf<typeof ExchangeNotificationRequested>[]> {
    const all = await this.test.published(ExchangeNotificationRequested);
    return all.map(({ data }) => data).filter((data) => data.kind === kind && data.aboutId === aboutId);
  }

  private constructor(test: TestService, objects: string) {
    this.test = test;
    this.objects = objects;
    this.store = new FilesystemStore(objects);
  }

  static async open(): Promise<PostRoom> {
    const objects = mkdtempSync(join(tmpdir(), 'qlvb-objects-'));
    const test = await startTestService({
      name: 'exchange',
      schema: exchangeConfig,
      module: (config, bus) => AppModule.forRoot(config, bus),
      migrations: [
        join(root, 'libs/shared/directory/migrations'),
        join(root, 'libs/platform/access/migrations'),
        join(root, 'apps/exchange/migrations'),
      ],
      environment: { QLVB_STORAGE_DIR: objects },
    });
    const room = new PostRoom(test, objects);
    await room.tellAgency(SENDER, 'H46.05', 'Sở Thông tin và Truyền thông');
    await room.tellAgency(RECIPIENT, 'H46.03', 'Sở Nội vụ');
    await room.tellAgency(THIRD, 'H46.07', 'Sở Tài chính');
    await tellRegisterAccess(test, SENDER);
    for (const somebody of [sender, recipient, third]) await room.employ(somebody);
    return room;
  }

  /** Identity tells the directory of an agency; a later version may tell of another code. */
  tellAgency(agencyId: string, code: string, name: string, version = 1): Promise<string> {
    const state = { ...AgencyChanged.example, agencyId, code, name, version };
    const alone = { legacyCode: null, otherCodes: [], parentId: null, validTo: null };
    return this.test.deliver(AgencyChanged, agencyId, { ...state, ...alone });
  }

  employ(
    { agencyId, userId, postId, unitId }: Pick<Person, 'agencyId' | 'userId' | 'postId' | 'unitId'>,
    fullName = PostChanged.example.fullName,
  ): Promise<string> {
    const { example } = PostChanged;
    const state = { ...example, agencyId, userId, postId, unitId, fullName, version: 1, active: true };
    return this.test.deliver(PostChanged, agencyId, state);
  }

  /** Documents tells who may see one, beside those who may see all. */
  tellAccess(documentId: string, readers: readonly { readonly userId: string }[] = []): Promise<string> {
    return tellDocumentAccess(this.test, SENDER, documentId, readers);
  }

  put(content: Uint8Array): Promise<StoredObject> {
    return this.store.put(Readable.from([content]), { maxBytes: 10_000_000 });
  }

  /** An issued document for the given recipients, its file in the store; those who may see it were told. */
  async issued(codes: readonly string[] = ['H46.03'], changes: Partial<DataOf<typeof OutgoingDocumentIssued>> = {}) {
    const data = await this.unheardOf(codes, changes);
    await this.tellAccess(data.documentId);
    return data;
  }

  /** The same before its access was told. */
  async unheardOf(codes: readonly string[], changes: Partial<DataOf<typeof OutgoingDocumentIssued>> = {}) {
    const file = await this.put(PDF);
    const [sample] = OutgoingDocumentIssued.example.recipients;
    if (!sample) throw new Error('the example has no recipient');
    return {
      ...OutgoingDocumentIssued.example,
      documentId: newId(),
      sender: { agencyId: SENDER, agencyCode: 'H46.05', name: 'Sở Thông tin và Truyền thông' },
      recipients: codes.map((agencyCode) => ({
        ...sample,
        recipientId: newId(),
        agencyId: idFrom(`agency:${agencyCode}`),
        agencyCode,
        name: agencyCode,
      })),
      files: [
        {
          fileId: newId(),
          role: 'main' as const,
          name: 'quyet-dinh.pdf',
          mediaType: 'application/pdf',
          sizeBytes: PDF.length,
          sha256: file.sha256,
          objectKey: file.key,
        },
      ],
      ...changes,
    };
  }

  /** Sends a document and waits until its packages have come back over the axis. */
  async send(
    codes?: readonly string[],
    changes?: Partial<DataOf<typeof OutgoingDocumentIssued>>,
  ): Promise<DeliveryDetail[]> {
    const data = await this.issued(codes, changes);
    await this.test.deliver(OutgoingDocumentIssued, SENDER, data);
    return this.arrived(data.documentId);
  }

  /** Deliveries of a document, once each has been answered by its recipient. */
  async arrived(documentId: string, status = '01'): Promise<DeliveryDetail[]> {
    for (const started = Date.now(); ;) {
      const all = await this.deliveries(documentId);
      if (all.length > 0 && all.every((one) => one.history.some((step) => step.status === status))) return all;
      if (Date.now() - started > 20_000)
        throw new Error(`no ${status}: ${JSON.stringify(all)} ${this.test.log.slice(-3).join('\n')}`);
      await new Promise((done) => setTimeout(done, 30));
    }
  }

  async deliveries(documentId: string): Promise<DeliveryDetail[]> {
    const { items } = await this.test.json<{ items: { deliveryId: string }[] }>(
      `/deliveries?documentId=${documentId}`,
      { as: sender },
    );
    const all = await Promise.all(items.map(({ deliveryId }) => this.delivery(deliveryId)));
    return all.sort((a, b) => (a.recipientCode < b.recipientCode ? -1 : 1));
  }

  delivery(deliveryId: string): Promise<DeliveryDetail> {
    return this.test.json<DeliveryDetail>(`/deliveries/${deliveryId}`, { as: sender });
  }

  /** A package that somebody puts on the axis, as it is, once it was interpreted. */
  async onAxis(
    content: Uint8Array,
    changes: Partial<DataOf<typeof AxisDocumentPackage>> = {},
    by = SENDER,
  ): Promise<string> {
    const packageId = await this.announce(content, changes, by);
    if (changes.to === undefined) await this.settled(packageId);
    return packageId;
  }

  async announce(
    content: Uint8Array,
    changes: Partial<DataOf<typeof AxisDocumentPackage>> = {},
    by = SENDER,
  ): Promise<string> {
    const object = await this.put(content);
    const packageId = changes.packageId ?? newId();
    await this.test.deliver(AxisDocumentPackage, by, {
      packageId,
      from: 'H46.05',
      to: 'H46.03',
      objectKey: object.key,
      sha256: object.sha256,
      sizeBytes: object.sizeBytes,
      sentAt: new Date().toISOString(),
      urgent: false,
      ...changes,
    });
    return packageId;
  }

  /** What waits for the directory is tried for the last time. */
  async givenUp(packageId: string): Promise<void> {
    const [kind, last] = ['exchange.place-package', 13];
    await until('given up', async () => {
      await this.test.admin.query(
        `UPDATE platform.job SET due_at = now(), attempts = deaths + $3 WHERE kind = $1 AND key = $2 AND state = 'waiting'`,
        [kind, packageId, last],
      );
      const { rows } = await this.test.admin.query<{ state: string }>(
        'SELECT state FROM platform.job WHERE kind = $1 AND key = $2 ORDER BY created_at DESC LIMIT 1',
        [kind, packageId],
      );
      return rows[0]?.state === 'failed' ? true : undefined;
    });
  }

  /** A received package once it has been interpreted, whatever it became. */
  async settled(packageId: string, as = recipient): Promise<ReceivedDetail> {
    for (const started = Date.now(); ;) {
      const found = await this.test.ask(`/received-packages/${packageId}`, { as });
      if (found.ok) {
        const detail = (await found.json()) as ReceivedDetail;
        if (detail.state !== 'received' && detail.state !== 'interpreting') return detail;
      }
      if (Date.now() - started > 20_000)
        throw new Error(`not interpreted: ${found.status} ${this.test.log.slice(-3).join('\n')}`);
      await new Promise((done) => setTimeout(done, 30));
    }
  }

  async statusOnAxis(xml: string, inReplyTo: string, from = 'H46.03', by = RECIPIENT): Promise<string> {
    const object = await this.put(Buffer.from(xml));
    const packageId = newId();
    await this.test.deliver(AxisStatusPackage, by, {
      packageId,
      inReplyTo,
      from,
      to: 'H46.05',
      objectKey: object.key,
      sha256: object.sha256,
      sizeBytes: object.sizeBytes,
      sentAt: new Date().toISOString(),
    });
    await this.settled(packageId, sender);
    return packageId;
  }

  /** Of a package that was sent from here. */
  async content(packageId: string, as = recipient, resource = 'packages'): Promise<Buffer> {
    const answer = await this.test.ask(`/${resource}/${packageId}/content`, { as });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return Buffer.from(await answer.arrayBuffer());
  }

  /** What the recipient's people do with a package, as their services tell it. */
  readonly acts = {
    '02': (packageId: string) =>
      this.test.deliver(IncomingDocumentRefused, RECIPIENT, {
        ...IncomingDocumentRefused.example,
        packageId,
        reasonCode: 'OTHER',
        reason: 'Không thuộc thẩm quyền',
      }),
    '03': (packageId: string) =>
      this.test.deliver(IncomingDocumentAccepted, RECIPIENT, { ...IncomingDocumentAccepted.example, packageId }),
    '04': (packageId: string) =>
      this.test.deliver(InstructionIssued, RECIPIENT, { ...InstructionIssued.example, packageId }),
    '05': (packageId: string) =>
      this.test.deliver(HandlingStarted, RECIPIENT, { ...HandlingStarted.example, packageId }),
    '06': (packageId: string) =>
      this.test.deliver(HandlingCompleted, RECIPIENT, { ...HandlingCompleted.example, packageId }),
  };

  async count(table: string): Promise<number> {
    const { rows } = await this.test.admin.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`);
    return rows[0]?.n ?? 0;
  }
}

export const hostile = (name: string): Buffer => readFileSync(join(root, 'libs/edxml/testing/hostile', name));

/** The package as if it went from H46.05 to H46.03. */
export const addressed = (xml: Buffer, to = 'H46.03'): Buffer =>
  Buffer.from(
    xml
      .toString('utf8')
      .replace(/(<(?:\w+:)?From>.*?<(?:\w+:)?OrganId>)[^<]*/s, '$1H46.05')
      .replace(/(<(?:\w+:)?To>.*?<(?:\w+:)?OrganId>)[^<]*/s, `$1${to}`),
  );
