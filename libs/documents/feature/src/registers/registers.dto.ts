import { outgoingRegisterEntry } from '@qlvb/documents-domain';
import type { OutgoingRegisterEntry as RegisterEntry } from '@qlvb/documents-domain';
import { pageQuery, say } from '@qlvb/platform-http';
import { documentKind } from '@qlvb/records';
import { vietnamDate } from '@qlvb/vietnam';
import { z } from 'zod';
import type { IncomingDocument } from '../incoming/incoming.entity.ts';
import type { OutgoingDocument } from '../outgoing/outgoing.entities.ts';

export const RegisterQuery = z.object({ ...pageQuery });

export const OutgoingRegisterEntry = z
  .object({
    documentId: z.uuid(),
    number: z.int(),
    sequence: z.string(),
    documentCode: z.string(),
    issuedOn: z.iso.date(),
    kindAndSubject: z.string(),
    signerName: z.string(),
    recipients: z.string(),
    fileCopyKeeper: z.string(),
    copies: z.int(),
    transferredOn: z.iso.date().nullable(),
    receivedBy: z.string(),
    note: z.string(),
  })
  .meta({ id: 'OutgoingRegisterEntry' });

export const IncomingRegisterEntry = z
  .object({
    documentId: z.uuid(),
    arrivalNumber: z.int(),
    arrivedOn: z.iso.date(),
    senderName: z.string(),
    documentCode: z.string(),
    issuedOn: z.iso.date().nullable(),
    subject: z.string(),
    receivedBy: z.string(),
  })
  .meta({ id: 'IncomingRegisterEntry' });

export const outgoingEntryOf = (row: OutgoingDocument): z.input<typeof OutgoingRegisterEntry> => ({
  documentId: row.id,
  number: row.number ?? 0,
  sequence: row.sequenceKey ?? '',
  ...spoken(
    outgoingRegisterEntry({
      documentCode: row.documentCode ?? '',
      issuedOn: row.issuedOn ?? '',
      kindName: documentKind(row.documentType).name,
      subject: row.subject,
      signerName: row.signer.fullName,
      recipientNames: row.recipients.map((recipient) => recipient.name),
      copies: row.recipients.length,
      ...(row.issuedAt ? { transferredOn: vietnamDate(row.issuedAt) } : {}),
      ...(row.cancellation ? { cancelledBecause: row.cancellation.reason } : {}),
      ...(row.correction?.outcome === 'approved' ? { correctedBecause: row.correction.reason } : {}),
    }),
  ),
});

/** What the register says in words of ours, in the language asked for. */
const spoken = ({ fileCopyKeeper, note, ...entry }: RegisterEntry) => ({
  ...entry,
  fileCopyKeeper: say(fileCopyKeeper),
  note: note === null ? '' : say(note),
});

export const incomingEntryOf = (row: IncomingDocument): z.input<typeof IncomingRegisterEntry> => ({
  documentId: row.id,
  arrivalNumber: row.arrivalNumber ?? 0,
  arrivedOn: row.arrivalDate ?? '',
  senderName: row.senderName,
  documentCode: row.documentCode,
  issuedOn: row.issuedOn,
  subject: row.subject,
  receivedBy: row.acceptedBy?.fullName ?? '',
});
