import { Inject, Injectable, Logger } from '@nestjs/common';
import { groundOf, IncomingDocumentArrived, IncomingDocumentRefused, PACKAGE_RECEIVED_LIMITS } from '@qlvb/contracts';
import type { DataOf, PackageReceived, Person, RefusalGround, ValidationCompleted } from '@qlvb/contracts';
import { duplicateKey, isStateSecret, namedSignerOf, verifyArrival } from '@qlvb/documents-domain';
import type { SignatureVerdict, VerificationFacts } from '@qlvb/documents-domain';
import { Directory } from '@qlvb/directory';
import { Database, update } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { idFrom } from '@qlvb/shared-domain';
import { DocumentAccess } from '../access/document-access.ts';
import { FilesService } from '../files/files.service.ts';
import { incomingEventBase } from './incoming-event-base.ts';
import { IncomingDocument } from './incoming.entity.ts';
import { IncomingNotFound } from './incoming.problems.ts';

type FileResult = DataOf<typeof ValidationCompleted>['files'][number];

/** Grounds on which a part of the package cannot be relied on. */
const DAMAGES: ReadonlySet<RefusalGround> = new Set([
  'NOT_INTACT',
  'NOT_AUTHENTIC',
  'BAD_FORMAT',
  'MALWARE',
  'STATE_SECRET',
]);

type Package = DataOf<typeof PackageReceived>;

/** Who refuses what nobody may see. */
const PLATFORM: Person = {
  userId: idFrom('platform'),
  postId: idFrom('platform'),
  fullName: 'Hệ thống',
  position: 'Tự động',
};

/** In place of everything that could tell what a refused document says. */
const WITHHELD = {
  subject: 'Không lưu nội dung: có dấu hiệu bí mật nhà nước',
  codeNumber: '',
  codeNotation: '',
  documentType: '',
  signerName: '',
  signerPosition: '',
  files: [],
  findings: [],
  faults: [],
};

/** What comes in before anybody touches it: arrival and verification. */
@Injectable()
export class ArrivalsService {
  readonly #log = new Logger('Arrivals');

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(DocumentAccess) private readonly access: DocumentAccess,
  ) {}

  /**
   * A package that comes again is the document that is there already; one that bears a mark of state secret is turned away
   * without anything of it being kept but whence it came.
   *
   * @source EX-SEC-1
   */
  async arrive(data: Package): Promise<void> {
    await this.database.command(async (tx) => {
      if (await tx.manager.existsBy(IncomingDocument, { packageId: data.packageId })) return;
      if (isStateSecret({ texts: [data.subject, ...data.files.map((file) => file.name)] })) {
        await this.#turnAway(tx, data);
        return;
      }
      const document = arrived(tx, data);
      await tx.manager.insert(IncomingDocument, document);
      await this.access.give(tx, document, []);
      await this.files.adopt(tx, 'incoming', document.id, document.files);
      const { id, packageId, senderCode, files } = document;
      tx.publish(IncomingDocumentArrived, {
        ...incomingEventBase(document),
        arrivedAt: document.arrivedAt.toISOString(),
        files,
        signerPosition: document.signerPosition.slice(0, PACKAGE_RECEIVED_LIMITS.signerPosition),
      });
      tx.audit({
        action: 'incoming-document.arrived',
        resource: { type: 'incoming-document', id },
        after: { packageId, senderCode, documentCode: document.documentCode },
      });
    });
  }

  async #turnAway(tx: Tx, data: Package): Promise<void> {
    const refusedAt = tx.now.toISOString();
    const refusal = {
      reasonCode: 'STATE_SECRET',
      reason: 'Văn bản có dấu hiệu bí mật nhà nước; hệ thống này không tiếp nhận.',
      refusedBy: PLATFORM,
      refusedAt,
    };
    const kept = { ...data, ...WITHHELD };
    const document = Object.assign(arrived(tx, kept), { state: 'rejected' as const, refusal });
    await tx.manager.insert(IncomingDocument, document);
    await this.access.give(tx, document, []);
    const { id, packageId, senderCode } = document;
    tx.publish(IncomingDocumentRefused, { ...incomingEventBase(document), ...refusal });
    this.#log.warn(`package ${packageId} of ${senderCode} bears a mark of state secret and was turned away`);
    tx.audit({
      action: 'incoming-document.state-secret-refused',
      resource: { type: 'incoming-document', id },
      after: { packageId, senderCode },
    });
  }

  /**
   * The three checks before acceptance, from what the validation of the signatures found.
   *
   * @source QĐ28-A9-1
   * @source NĐ30-A21-1
   */
  recordValidation(data: DataOf<typeof ValidationCompleted>): Promise<void> {
    return update(
      this.database,
      {
        entity: IncomingDocument,
        id: data.documentId,
        missing: IncomingNotFound,
        action: 'incoming-document.verified',
        access: 'told',
      },
      async (document) => {
        // What is registered was decided on what was known then.
        if (document.state !== 'arrived') return;
        const main = document.files.find((file) => file.role === 'main');
        const result = data.files.find((file) => file.fileId === main?.fileId);
        const { faults } = document;
        const missing = faults.filter((fault) => groundOf(fault) === 'INCOMPLETE');
        const damaged = faults.filter((fault) => DAMAGES.has(groundOf(fault)));
        const verification = verifyArrival({
          missing: [...(main ? [] : ['văn bản chính']), ...missing],
          damaged: [...filesThatAre(data.files, 'broken'), ...damaged],
          unreadable: filesThatAre(data.files, 'unreadable'),
          personalSignature: verdictOf(result, 'personal'),
          agencySignature: verdictOf(result, 'agency'),
          isSealOfAnother: await this.#isSealOfAnother(result, document.senderCode),
          integrity: integrityOf(result),
          isSealed: result?.legalEffect === 'complete',
          namedSigner: namedSignerOf(document.signerName, result?.signerName, result?.signerIdentity),
          addressedToUs: !faults.some((fault) => groundOf(fault) === 'WRONG_RECIPIENT'),
        });
        document.verification = verification;
        document.legalValue = verification.legalValue;
      },
    );
  }

  /**
   * A signature of another agency may be good and says nothing of the sender; one that names no agency proves no more.
   *
   * @source VN-01
   * @source QĐ28-A9-1
   */
  async #isSealOfAnother(result: FileResult | undefined, senderCode: string): Promise<boolean> {
    if (verdictOf(result, 'agency') !== 'valid') return false;
    return !(await this.directory.isAmong(senderCode, result?.agencyCodes ?? []));
  }
}

/** Of a validation that did not yet tell more than intact or not, nothing is taken for proven. */
const integrityOf = (result: FileResult | undefined): VerificationFacts['integrity'] =>
  result === undefined ? 'unsigned' : (result.integrity ?? (result.intact ? 'unknown' : 'broken'));

/** Ids of the files of which this is known; what only cannot be judged is no damage. @source QĐ28-A9-1 */
const filesThatAre = (files: readonly FileResult[], integrity: VerificationFacts['integrity']): string[] =>
  files.filter((file) => integrityOf(file) === integrity).map(({ fileId }) => fileId);

/** Of a validation that did not yet tell the two apart, as far as its effect tells. */
function verdictOf(result: FileResult | undefined, kind: 'personal' | 'agency'): SignatureVerdict | undefined {
  if (!result || result.personal || result.agency) return result?.[kind];
  const only = kind === 'personal' ? 'person_only' : 'agency_only';
  if (result.legalEffect !== 'complete' && result.legalEffect !== only) return undefined;
  return result.authentic ? 'valid' : result.intact ? 'indeterminate' : 'invalid';
}

function arrived(tx: Tx, { longValues = {}, ...received }: Package): IncomingDocument {
  // What did not fit the event's fields is whole here.
  const long = Object.entries(longValues).filter(([field]) => Object.hasOwn(PACKAGE_RECEIVED_LIMITS, field));
  const data: Package = { ...received, ...Object.fromEntries(long) };
  const { codeNumber, codeNotation } = data;
  const documentCode = codeNotation ? `${codeNumber}/${codeNotation}` : codeNumber;
  return Object.assign(new IncomingDocument(), {
    ...data,
    id: idFrom(`incoming:${data.packageId}`),
    agencyId: tx.agencyId,
    version: 1,
    createdAt: tx.now,
    updatedAt: tx.now,
    state: 'arrived' as const,
    documentCode,
    faults: data.faults ?? [],
    duplicateKey: duplicateKey({ code: documentCode, issuerName: data.senderName }) ?? null,
    arrivedAt: new Date(data.arrivedAt),
    verification: null,
    legalValue: null,
    arrivalNumber: null,
    arrivalYear: null,
    arrivalDate: null,
    acceptedBy: null,
    acceptedAt: null,
    presentBy: null,
    refusal: null,
    handling: {},
  });
}
