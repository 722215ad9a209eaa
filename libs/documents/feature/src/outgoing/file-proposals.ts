import { Inject, Injectable } from '@nestjs/common';
import { DocumentsNotificationRequested, notificationRequest } from '@qlvb/contracts';
import type { AccessRight, Person, SeparatedAct } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import { performOutgoingAct } from '@qlvb/documents-domain';
import type { OutgoingAct, OutgoingState, ReplacementOutcome } from '@qlvb/documents-domain';
import { assertSeparate } from '@qlvb/platform-auth';
import type { Tx } from '@qlvb/platform-database';
import { rolesOf } from './outgoing-access.ts';
import type { OutgoingDocument } from './outgoing.entities.ts';
import { performedOn } from './outgoing-separations.ts';

type Told = 'replacement-proposed' | 'replacement-decided' | 'correction-proposed' | 'correction-decided';

/** What both proposals about the files of a numbered document hold: another attachment, or another main file. */
interface Proposal {
  readonly proposedBy: Person;
  readonly proposedAt: string;
  readonly outcome: ReplacementOutcome;
  readonly decision: { readonly by: Person; readonly at: string; readonly comment: string | null } | null;
}

interface Decision {
  readonly outcome: 'approved' | 'refused';
  readonly comment?: string | undefined;
}

/**
 * Who may propose another file for a numbered document and who decides, and when: as the state of the document lets the role, its
 * signer decides what somebody else proposed. The last proposal stands; a newer one takes the place of an open one.
 *
 * @source EX-NUM-3
 * @source NĐ30-A11-2
 */
@Injectable()
export class FileProposals {
  constructor(@Inject(Directory) private readonly directory: Directory) {}

  /** @throws OutgoingActNotAllowed, ActNotYours */
  async proposed(
    tx: Tx,
    document: OutgoingDocument,
    rights: readonly AccessRight[],
    act: OutgoingAct,
  ): Promise<Proposal> {
    document.state = performOutgoingAct(document.state, act, rolesOf(rights));
    const proposedBy = await this.directory.me();
    return { proposedBy, proposedAt: tx.now.toISOString(), outcome: 'open', decision: null };
  }

  /**
   * @param open the proposal that waits; throws when none does
   * @returns the proposal with its decision, and the state that the document gets
   * @throws OutgoingActNotAllowed, ActNotYours, DutiesNotSeparate, what `open` throws
   */
  async decided<Open extends Proposal>(
    tx: Tx,
    document: OutgoingDocument,
    rights: readonly AccessRight[],
    how: { readonly act: OutgoingAct; readonly separated: SeparatedAct; readonly open: () => Open },
    { outcome, comment }: Decision,
  ): Promise<{ readonly by: Person; readonly state: OutgoingState; readonly proposal: Open }> {
    const state = performOutgoingAct(document.state, how.act, rolesOf(rights));
    const open = how.open();
    const by = await this.directory.me();
    assertSeparate(how.separated, performedOn(document, []), { userId: by.userId });
    const decision = { by, at: tx.now.toISOString(), comment: comment ?? null };
    return { by, state, proposal: { ...open, outcome, decision } };
  }

  notify<const Kind extends Told>(
    tx: Tx,
    kind: Kind,
    { id, urgency }: OutgoingDocument,
    userId: string,
    parameters: Parameters<typeof notificationRequest<Kind>>[1]['parameters'],
  ): void {
    const about = { type: 'document', id };
    tx.publish(
      DocumentsNotificationRequested,
      notificationRequest(kind, { to: { userId }, about, urgency, parameters }),
    );
  }
}
