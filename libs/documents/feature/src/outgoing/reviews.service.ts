import { OUTGOING_ACT_LABELS, OUTGOING_STATE_LABELS } from '@qlvb/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { OutgoingDocumentChecked } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import {
  assertLayoutCheckable,
  assertLayoutReported,
  assertReturnCommented,
  assertSignable,
  OutgoingActNotAllowed,
  performOutgoingAct,
} from '@qlvb/documents-domain';
import { assertSeparate } from '@qlvb/platform-auth';
import type { Actor } from '@qlvb/platform-context';
import { Database, reach, update } from '@qlvb/platform-database';
import { StoredBytes } from '@qlvb/platform-storage';
import { newId } from '@qlvb/shared-domain';
import { vietnamDate } from '@qlvb/vietnam';
import type { z } from 'zod';
import { DocumentAccess, tookPart } from '../access/document-access.ts';
import { lastReport } from '../layout/last-report.ts';
import { SigningAuthorities } from '../signing/signing-authorities.service.ts';
import { rolesOf, signs } from './outgoing-access.ts';
import type { OutgoingView, ReviewInput } from './outgoing.dto.ts';
import { performedOn } from './outgoing-separations.ts';
import { OutgoingDocument, ReviewCheckEntity } from './outgoing.entities.ts';
import { OutgoingNotFound } from './outgoing.problems.ts';
import { eventBase, outgoingView } from './outgoing.view.ts';

type Aspect = 'content' | 'layout';

/** Content and layout: two checks by two people, each its own act on one version of the draft. */
@Injectable()
export class ReviewsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(StoredBytes) private readonly bytes: StoredBytes,
    @Inject(SigningAuthorities) private readonly authorities: SigningAuthorities,
    @Inject(DocumentAccess) private readonly access: DocumentAccess,
  ) {}

  /**
   * @throws FileBytesLost, OutgoingNotFound, OutgoingActNotAllowed, ActNotYours, ReturnNeedsComment, ContentNotChecked, SignerNotCompetent,
   *   DutiesNotSeparate, LayoutNotReported, LayoutFindingsUnanswered
   * @source NĐ30-A12-1
   * @source NĐ30-A12-2
   * @source NĐ30-A10-4
   */
  async check(
    aspect: Aspect,
    id: string,
    { outcome, comment }: z.output<typeof ReviewInput>,
    actor: Actor,
  ): Promise<z.input<typeof OutgoingView>> {
    if (outcome === 'passed') await this.#verifyFiles(id, actor);
    return update(
      this.database,
      {
        entity: OutgoingDocument,
        id,
        missing: OutgoingNotFound,
        action: `outgoing-document.${aspect}-${outcome}`,
        access: this.access.outgoing(actor),
      },
      async (document, tx, rights) => {
        const me = await this.directory.me();
        const from = document.state;
        const act = outcome === 'returned' ? 'return' : aspect === 'content' ? 'approve_content' : 'approve_layout';
        const next = performOutgoingAct(from, act, onlyFor(aspect, rolesOf(rights)));
        if (outcome === 'returned') assertReturnCommented(comment ?? '');
        const earlier = await tx.manager.findBy(ReviewCheckEntity, { documentId: id, outcome: 'passed' });
        if (outcome === 'passed') {
          const person = { userId: me.userId, version: document.draftVersion };
          assertSeparate(`outgoing-document.check-${aspect}`, performedOn(document, earlier), person);
        }
        const checks = earlier.map((check) => ({
          aspect: check.aspect,
          version: check.draftVersion,
          checkedBy: check.checkedBy.userId,
        }));
        // What was passed already stands: passing it again would begin the signing anew.
        const stands = checks.some((check) => check.aspect === aspect && check.version === document.draftVersion);
        if (outcome === 'passed' && stands) {
          throw OutgoingActNotAllowed({ act: OUTGOING_ACT_LABELS[act], state: OUTGOING_STATE_LABELS[from] });
        }
        const passed = { aspect, version: document.draftVersion, checkedBy: me.userId };
        if (aspect === 'layout' && outcome === 'passed') {
          assertLayoutCheckable(document.draftVersion, checks);
          assertSignable(document.draftVersion, [...checks, passed]);
          const { signer, documentType: kind, field } = document;
          await this.authorities.of({ postId: signer.postId, kind, field, on: vietnamDate(tx.now) });
          const report = await lastReport(tx.manager, document);
          const reported = report ? { state: report.state, findings: report.findings?.length ?? 0 } : undefined;
          assertLayoutReported(document.draftVersion, reported, comment ?? '');
        }
        await tx.manager.insert(ReviewCheckEntity, {
          id: newId(),
          agencyId: tx.agencyId,
          documentId: id,
          draftVersion: document.draftVersion,
          aspect,
          outcome,
          comment: comment ?? null,
          checkedBy: me,
          checkedAt: tx.now,
        });
        document.state = next;
        const toSigner =
          next === 'awaiting_signature' ? [signs(document.signer), ...tookPart(document.signer.userId)] : [];
        await this.access.give(tx, document, [...toSigner, ...tookPart(me.userId)]);
        tx.publish(OutgoingDocumentChecked, {
          ...eventBase(document),
          check: aspect,
          outcome,
          ...(comment === undefined ? {} : { comment }),
          checkedBy: me,
          checkedAt: tx.now.toISOString(),
          draftVersion: document.draftVersion,
          files: document.files,
          signerTitle: document.signerTitle,
        });
        return outgoingView(document);
      },
    );
  }

  /** What is found right must be there to be looked at. @throws OutgoingNotFound, FileBytesLost */
  async #verifyFiles(id: string, actor: Actor): Promise<void> {
    const access = this.access.outgoing(actor);
    const { row } = await this.database.read((manager) =>
      reach(manager, { entity: OutgoingDocument, id, missing: OutgoingNotFound, access }),
    );
    await this.bytes.assertWhole(row.files);
  }
}

/** A check of content is the unit head's, one of layout the layout checker's: having both roles does not merge the acts. */
const onlyFor = (aspect: Aspect, roles: ReturnType<typeof rolesOf>): ReturnType<typeof rolesOf> =>
  roles.filter((role) =>
    aspect === 'content' ? role === 'unit_head' || role === 'signer' : role === 'layout_checker',
  );
