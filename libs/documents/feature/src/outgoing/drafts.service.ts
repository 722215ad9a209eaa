import { Inject, Injectable } from '@nestjs/common';
import type { Person, Recipient } from '@qlvb/contracts';
import { OutgoingDocumentRevised, OutgoingDocumentSubmitted } from '@qlvb/contracts';
import { Directory, personOf } from '@qlvb/directory';
import {
  assertAgencyOpen,
  assertCompetence,
  assertExchangeable,
  assertFilesFitPackage,
  assertMainFile,
  assertNormativeIssuable,
  assertNotStateSecret,
  assertNumberedPartsKept,
  assertRecipients,
  assertSubmittable,
  performOutgoingAct,
  SignerNotCompetent,
} from '@qlvb/documents-domain';
import type { Actor } from '@qlvb/platform-context';
import { Database, update } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { idFrom, newId } from '@qlvb/shared-domain';
import { normaliseText, vietnamDate } from '@qlvb/vietnam';
import type { z } from 'zod';
import { DocumentAccess, tookPart } from '../access/document-access.ts';
import { FilesService } from '../files/files.service.ts';
import { SigningAuthorities } from '../signing/signing-authorities.service.ts';
import { drafts, headsUnit, rolesOf } from './outgoing-access.ts';
import { filesOfDraft, SignabilityService, withBrought } from './signability.service.ts';
import type { OutgoingInput, OutgoingView } from './outgoing.dto.ts';
import { DraftVersionEntity, OutgoingDocument, ReviewCheckEntity } from './outgoing.entities.ts';
import { OutgoingNotFound } from './outgoing.problems.ts';
import { eventBase, outgoingView } from './outgoing.view.ts';

type DraftInput = z.output<typeof OutgoingInput>;
type View = z.input<typeof OutgoingView>;

/** Drafting: a draft with its versions, up to its submission for review. */
@Injectable()
export class DraftsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(FilesService) private readonly files: FilesService,
    @Inject(SigningAuthorities) private readonly authorities: SigningAuthorities,
    @Inject(DocumentAccess) private readonly access: DocumentAccess,
    @Inject(SignabilityService) private readonly signability: SignabilityService,
  ) {}

  /**
   * @throws StateSecretRefused, RecipientsInvalid, FileNotFound, FileNotAllowed, PostUnknown, AgencyUnknown,
   *   SignerNotCompetent, NormativeNotIssuable, DocumentNotExchangeable, FilesTooLarge, AgencyNoLonger, FileChecksBusy, those of `FILE_NOT_SIGNABLE`
   * @source NĐ30-A10-1
   * @source NĐ30-A10-3
   * @source EX-SEC-1
   */
  async create(input: DraftInput, actor: Actor): Promise<View> {
    const rehearsed = await this.signability.rehearse(filesOfDraft(input.mainFileId, input.attachmentFileIds), actor);
    return this.database.command(async (tx) => {
      const id = newId();
      const drafter = await this.directory.me();
      const document = Object.assign(new OutgoingDocument(), {
        id,
        agencyId: tx.agencyId,
        version: 1,
        createdAt: tx.now,
        updatedAt: tx.now,
        state: 'drafting' as const,
        drafter,
        draftVersion: 1,
        ...UNISSUED,
      });
      await this.#fill(tx, document, input, actor);
      document.files = withBrought(document.files, rehearsed());
      await tx.manager.insert(OutgoingDocument, document);
      const { assignedBy, leadUnitId } = document;
      const grants = [drafts(drafter), headsUnit(leadUnitId), ...tookPart(drafter.userId, assignedBy.userId)];
      await this.access.give(tx, document, grants);
      await this.#keepVersion(tx, document, drafter);
      const { subject, documentType, files } = document;
      tx.audit({
        action: 'outgoing-document.drafted',
        resource: { type: 'outgoing-document', id },
        after: { subject, documentType, files: files.map((file) => file.sha256) },
      });
      return outgoingView(document);
    });
  }

  /**
   * A new version; one that changes after the signer has it goes back to be checked and decided anew.
   *
   * @throws OutgoingNotFound, OutgoingActNotAllowed, ActNotYours, VersionStale, NumberBindsDraft and what create throws
   * @source NĐ30-A10-5
   * @source NĐ30-A11-2
   */
  async revise(id: string, input: DraftInput, ifMatch: number, actor: Actor): Promise<View> {
    const rehearsed = await this.signability.rehearse(filesOfDraft(input.mainFileId, input.attachmentFileIds), actor);
    return update(
      this.database,
      {
        entity: OutgoingDocument,
        id,
        missing: OutgoingNotFound,
        ifMatch,
        action: 'outgoing-document.revised',
        access: this.access.outgoing(actor),
      },
      async (document, tx, rights) => {
        document.state = performOutgoingAct(document.state, 'revise', rolesOf(rights));
        const signer = document.signer.postId;
        document.draftVersion += 1;
        document.signedAt = null;
        document.issueDeadline = null;
        if (document.number === null) await this.#fill(tx, document, input, actor);
        else await this.#fillNumbered(tx, document, input, actor);
        document.files = withBrought(document.files, rehearsed());
        await this.#keepVersion(tx, document, await this.directory.me());
        const grants = [headsUnit(document.leadUnitId), ...tookPart(document.assignedBy.userId)];
        const resigned = document.signer.postId !== signer;
        await this.access.give(tx, document, grants, resigned ? ['heads-unit', 'signs'] : ['heads-unit']);
        tx.publish(OutgoingDocumentRevised, {
          ...eventBase(document),
          draftVersion: document.draftVersion,
          revisedAt: tx.now.toISOString(),
          submitted: await tx.manager.existsBy(ReviewCheckEntity, { documentId: id }),
        });
        return outgoingView(document);
      },
    );
  }

  /** @throws OutgoingNotFound, OutgoingActNotAllowed, ActNotYours, DraftIncomplete @source NĐ30-A10-2 */
  submit(id: string, actor: Actor): Promise<View> {
    return update(
      this.database,
      {
        entity: OutgoingDocument,
        id,
        missing: OutgoingNotFound,
        action: 'outgoing-document.submitted',
        access: this.access.outgoing(actor),
      },
      (document, tx, rights) => {
        document.state = performOutgoingAct(document.state, 'submit', rolesOf(rights));
        assertSubmittable({
          assignedBy: document.assignedBy.userId,
          leadUnitId: document.leadUnitId,
          drafterId: document.drafter.userId,
          kind: document.documentType,
          subject: document.subject,
          urgency: document.urgency,
          notSecret: true,
          signerId: document.signer.userId,
          // What was sent back is not submitted again as it is.
          mainFile: isUnusable(document) ? undefined : document.files[0]?.fileId,
        });
        tx.publish(OutgoingDocumentSubmitted, {
          ...eventBase(document),
          draftVersion: document.draftVersion,
          submittedAt: tx.now.toISOString(),
        });
        return outgoingView(document);
      },
    );
  }

  /** Of a numbered document that was sent back: what stands in the register stays. @throws NumberBindsDraft @source EX-NUM-3 */
  async #fillNumbered(tx: Tx, document: OutgoingDocument, input: DraftInput, actor: Actor): Promise<void> {
    const { documentType, isNormative, subject, leadUnitId, leadUnitSymbol, signer, competence, field, signerTitle } =
      document;
    const registered = { documentType, isNormative, subject, leadUnitId, competence, field, signerTitle };
    assertNumberedPartsKept(
      { ...registered, signerPostId: signer.postId },
      {
        ...input,
        subject: normaliseText(input.subject),
        field: input.field ?? null,
        signerTitle: input.signerPosition,
      },
    );
    await this.#fill(tx, document, input, actor);
    Object.assign(document, { ...registered, leadUnitSymbol, signer });
  }

  /** @source NĐ30-A11-1 the signer is somebody whose post signs, and in the way that the law gives the post */
  async #fill(tx: Tx, document: OutgoingDocument, input: DraftInput, actor: Actor): Promise<void> {
    const subject = normaliseText(input.subject);
    const assignedBy = await this.directory.person(input.assignedByPostId);
    const signer = await this.directory.post(input.signerPostId);
    if (!signer.permissions.includes('signing.personal')) throw SignerNotCompetent({ on: vietnamDate(tx.now) });
    const authority = await this.authorities.of({
      postId: input.signerPostId,
      kind: input.documentType,
      field: input.field,
      on: vietnamDate(tx.now),
    });
    assertCompetence(input.competence, authority);
    const signatory = personOf(signer);
    const own = await this.directory.agency(tx.agencyId);
    assertAgencyOpen(own, vietnamDate(tx.now));
    if (input.isNormative) assertNormativeIssuable(input.documentType, own.shortName);
    const files = await this.files.refs(tx, input.mainFileId, input.attachmentFileIds, actor);
    const [main] = files;
    if (main) assertMainFile({ name: main.name, sniffedType: main.mediaType, sizeBytes: main.sizeBytes });
    assertFilesFitPackage(files);
    assertNotStateSecret({ texts: [subject, ...files.map((file) => file.name)] });
    const unit = await this.directory.unit(input.leadUnitId);
    const recipients = await this.#recipients(tx, document.id, input, own.code);
    const { name: agencyName, placeOfIssue } = own;
    const fileNames = files.map(({ name }) => name);
    assertExchangeable({ agencyName, placeOfIssue, signer: signatory, recipients, subject, fileNames }, 'draft');
    Object.assign(document, {
      documentType: input.documentType,
      isNormative: input.isNormative,
      subject,
      urgency: input.urgency,
      leadUnitId: input.leadUnitId,
      leadUnitSymbol: unit.unitSymbol,
      assignedBy,
      signer: signatory,
      competence: input.competence,
      field: input.field ?? null,
      signerTitle: input.signerPosition,
      recipients,
      replyDueOn: input.replyDueOn ?? null,
      files,
    });
  }

  /** @source QĐ28-A8-2 */
  async #recipients(tx: Tx, documentId: string, input: DraftInput, ownCode: string): Promise<Recipient[]> {
    const today = vietnamDate(tx.now);
    const open = new Set<string>();
    const recipients: Recipient[] = [];
    const agencies = await this.directory.agencies(input.recipients.flatMap(({ agencyId }) => agencyId ?? []));
    for (const { agencyId, name } of input.recipients) {
      const agency = agencyId ? agencies.get(agencyId) : undefined;
      if (agency && (agency.validTo === null || agency.validTo >= today)) open.add(agency.code);
      const shown = name ?? agency?.name ?? '';
      const recipientId = idFrom(`recipient:${documentId}:${agency?.code ?? shown}`);
      recipients.push({
        recipientId,
        name: shown,
        ...(agency ? { agencyId: agency.agencyId, agencyCode: agency.code } : {}),
      });
    }
    assertRecipients(
      recipients.map(({ name, agencyCode }) => ({
        name,
        agencyCode,
        channel: agencyCode ? ('exchange' as const) : ('paper' as const),
        purpose: 'action' as const,
      })),
      ownCode,
      (code) => open.has(code),
    );
    return recipients;
  }

  async #keepVersion(tx: Tx, document: OutgoingDocument, author: Person): Promise<void> {
    await tx.manager.insert(DraftVersionEntity, {
      documentId: document.id,
      draftVersion: document.draftVersion,
      agencyId: document.agencyId,
      createdAt: tx.now,
      author,
      content: { subject: document.subject, files: document.files },
      superseded: null,
    });
    await this.files.hold(tx, 'outgoing', document.id, document.files);
  }
}

const isUnusable = ({ correction, draftVersion }: OutgoingDocument): boolean =>
  correction?.outcome === 'approved' && correction.draftVersion === draftVersion;

const UNISSUED = {
  pageCount: null,
  signedAt: null,
  issueDeadline: null,
  number: null,
  documentCode: null,
  codeNotation: null,
  issuedOn: null,
  registerYear: null,
  sequenceKey: null,
  agencySignedAt: null,
  issuedAt: null,
  issuedLate: null,
  cancellation: null,
  attachmentReplacement: null,
  correction: null,
};
