import { Controller, Inject } from '@nestjs/common';
import {
  IncomingDocumentAccepted,
  IncomingDocumentArrived,
  IncomingDocumentRefused,
  OutgoingDocumentCancelled,
  OutgoingDocumentChecked,
  OutgoingDocumentIssued,
  OutgoingDocumentNumbered,
  OutgoingDocumentReopened,
  OutgoingDocumentRevised,
  OutgoingDocumentSignatureRecorded,
  OutgoingDocumentSubmitted,
} from '@qlvb/contracts';
import type { DataOf, EventOf } from '@qlvb/contracts';
import { OnEvent } from '@qlvb/platform-bus';
import { INCOMING_DOCUMENT_PROCESS, OUTGOING_DOCUMENT_PROCESS } from '@qlvb/workflow-domain';
import { DocumentNotFound } from '../workflow.problems.ts';
import { ProcessEngine } from './process-engine.ts';

type OutgoingBase = Omit<DataOf<typeof OutgoingDocumentSubmitted>, 'draftVersion' | 'submittedAt'>;
type IncomingBase = Pick<DataOf<typeof IncomingDocumentArrived>, 'documentId' | 'packageId' | 'subject' | 'urgency'>;

/** Documents move, their processes follow: each event is a trigger of the definition. */
@Controller()
export class DocumentsConsumer {
  constructor(@Inject(ProcessEngine) private readonly engine: ProcessEngine) {}

  @OnEvent(OutgoingDocumentSubmitted)
  onSubmitted({ data }: EventOf<typeof OutgoingDocumentSubmitted>): Promise<void> {
    return this.#outgoing(data, 'draft_submitted', data.submittedAt);
  }

  @OnEvent(OutgoingDocumentRevised)
  async onRevised({ data }: EventOf<typeof OutgoingDocumentRevised>): Promise<void> {
    if (await this.engine.isKnown(data.documentId)) return this.#outgoing(data, 'draft_revised', data.revisedAt);
    // It became urgent and overtook its own submission: it comes again.
    if (data.submitted) throw DocumentNotFound({ id: data.documentId });
  }

  @OnEvent(OutgoingDocumentCancelled)
  onCancelled({ data }: EventOf<typeof OutgoingDocumentCancelled>): Promise<void> {
    return this.#outgoing(data, 'cancelled', data.cancelledAt);
  }

  @OnEvent(OutgoingDocumentChecked)
  onChecked({ data }: EventOf<typeof OutgoingDocumentChecked>): Promise<void> {
    if (data.outcome === 'passed') {
      return this.#outgoing(data, data.check === 'content' ? 'content_approved' : 'layout_approved', data.checkedAt);
    }
    return this.#outgoing(data, 'draft_returned', data.checkedAt);
  }

  @OnEvent(OutgoingDocumentSignatureRecorded)
  onSigned({ data }: EventOf<typeof OutgoingDocumentSignatureRecorded>): Promise<void> {
    if (data.signatureKind === 'agency') return this.#outgoing(data, 'agency_signed', data.recordedAt);
    return this.#outgoing(data, 'personally_signed', data.recordedAt, { signedAt: data.signedAt ?? data.recordedAt });
  }

  @OnEvent(OutgoingDocumentNumbered)
  onNumbered({ data }: EventOf<typeof OutgoingDocumentNumbered>): Promise<void> {
    return this.#outgoing(data, 'registered', data.numberedAt);
  }

  @OnEvent(OutgoingDocumentReopened)
  onReopened({ data }: EventOf<typeof OutgoingDocumentReopened>): Promise<void> {
    return this.#outgoing(data, 'reopened', data.reopenedAt);
  }

  @OnEvent(OutgoingDocumentIssued)
  onIssued({ data }: EventOf<typeof OutgoingDocumentIssued>): Promise<void> {
    return this.#outgoing(data, 'issued', data.issuedAt);
  }

  @OnEvent(IncomingDocumentArrived)
  onArrived({ data }: EventOf<typeof IncomingDocumentArrived>): Promise<void> {
    return this.#incoming(data, undefined, data.arrivedAt, { arrivedAt: data.arrivedAt });
  }

  @OnEvent(IncomingDocumentAccepted)
  onAccepted({ data }: EventOf<typeof IncomingDocumentAccepted>): Promise<void> {
    return this.#incoming(data, 'accepted', data.acceptedAt, { arrivalNumber: data.arrivalNumber });
  }

  @OnEvent(IncomingDocumentRefused)
  onRefused({ data }: EventOf<typeof IncomingDocumentRefused>): Promise<void> {
    return this.#incoming(data, 'rejected', data.refusedAt);
  }

  #outgoing(data: OutgoingBase, trigger: string, at: string, more: { signedAt?: string } = {}): Promise<void> {
    const { subject, urgency, unitId, drafter, signer } = data;
    const context = { subject, urgency, unitId, drafter, signer, ...more };
    return this.engine.trigger(OUTGOING_DOCUMENT_PROCESS, data.documentId, trigger, context, new Date(at));
  }

  #incoming(
    { documentId, packageId, subject, urgency }: IncomingBase,
    trigger: string | undefined,
    at: string,
    more: { arrivedAt?: string; arrivalNumber?: number } = {},
  ): Promise<void> {
    const context = { subject, urgency, packageId, ...more };
    return this.engine.trigger(INCOMING_DOCUMENT_PROCESS, documentId, trigger, context, new Date(at));
  }
}
