import { Controller, Inject } from '@nestjs/common';
import { outgoingRegisterEntry } from '@qlvb/documents-domain';
import type { OutgoingRegisterEntry } from '@qlvb/documents-domain';
import { Database } from '@qlvb/platform-database';
import { inOrder, keysetPage, operation, Operation, pageOf, pageQuery, say } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { documentKind } from '@qlvb/records';
import { vietnamDate } from '@qlvb/vietnam';
import { z } from 'zod';
import { DocumentAccess } from '../access/document-access.ts';
import { IncomingDocument } from '../incoming/incoming.entity.ts';
import { OutgoingDocument } from '../outgoing/outgoing.entities.ts';

const params = z.object({ year: z.int().min(2000).max(2100) });
const query = z.object({ ...pageQuery });

const OutgoingEntry = z
  .object({
    documentId: z.uuid(),
    number: z.int(),
    sequence: z.string(),
    code: z.string(),
    issuedOn: z.iso.date(),
    kindAndSubject: z.string(),
    signer: z.string(),
    recipients: z.string(),
    fileCopyKeeper: z.string(),
    copies: z.int(),
    transferredOn: z.iso.date().nullable(),
    receivedBy: z.string(),
    note: z.string(),
  })
  .meta({ id: 'OutgoingRegisterEntry' });

const IncomingEntry = z
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

const outgoing = operation({
  id: 'listOutgoingRegister',
  method: 'GET',
  path: '/registers/outgoing/:year',
  tag: 'registers',
  summary: { vi: 'Sổ đăng ký văn bản đi', en: 'Register of outgoing documents' },
  permission: 'registers.read',
  params,
  query,
  response: { status: 200, schema: pageOf(OutgoingEntry) },
});

const incoming = operation({
  id: 'listIncomingRegister',
  method: 'GET',
  path: '/registers/incoming/:year',
  tag: 'registers',
  summary: { vi: 'Sổ đăng ký văn bản đến', en: 'Register of incoming documents' },
  permission: 'registers.read',
  params,
  query,
  response: { status: 200, schema: pageOf(IncomingEntry) },
});

/** The two registers of a year, by number. */
@Controller()
export class RegistersController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DocumentAccess) private readonly access: DocumentAccess,
  ) {}

  /** @source NĐ30-A16-1 */
  @Operation(outgoing)
  outgoing({ params: { year }, query: { limit, cursor }, actor }: Input<typeof outgoing>) {
    const scope = { year };
    const access = this.access.outgoing(actor);
    return this.database.read(async (manager) => {
      const page = await keysetPage(
        { limit, cursor },
        {
          scope: scope,
          keys: z.tuple([z.string(), z.int()]),
          query: (after) =>
            inOrder(
              manager
                .createQueryBuilder(OutgoingDocument, 'd')
                .where('d.registerYear = :year AND d.number IS NOT NULL', { year })
                .andWhere(access.where('d'), access.parameters),
              'ASC',
              ['d.sequenceKey', 'd.number'],
              after,
            ),
          keysOf: (row) => [row.sequenceKey ?? '', row.number ?? 0],
        },
      );
      return { ...page, items: page.items.map(entryOf) };
    });
  }

  /** @source NĐ30-A22-4 */
  @Operation(incoming)
  incoming({ params: { year }, query: { limit, cursor }, actor }: Input<typeof incoming>) {
    const scope = { year };
    const access = this.access.incoming(actor);
    return this.database.read(async (manager) => {
      const page = await keysetPage(
        { limit, cursor },
        {
          scope: scope,
          keys: z.tuple([z.int()]),
          query: (after) =>
            inOrder(
              manager
                .createQueryBuilder(IncomingDocument, 'd')
                .where('d.arrivalYear = :year AND d.arrivalNumber IS NOT NULL', { year })
                .andWhere(access.where('d'), access.parameters),
              'ASC',
              ['d.arrivalNumber'],
              after,
            ),
          keysOf: (row) => [row.arrivalNumber ?? 0],
        },
      );
      return { ...page, items: page.items.map(incomingEntryOf) };
    });
  }
}

const entryOf = (row: OutgoingDocument): z.input<typeof OutgoingEntry> => ({
  documentId: row.id,
  number: row.number ?? 0,
  sequence: row.sequenceKey ?? '',
  ...spoken(
    outgoingRegisterEntry({
      code: row.documentCode ?? '',
      issuedOn: row.issuedOn ?? '',
      kindName: documentKind(row.documentType).name,
      subject: row.subject,
      signerName: row.signer.fullName,
      recipientNames: row.recipients.map((recipient) => recipient.name),
      copies: row.recipients.length,
      ...(row.issuedAt ? { transferredOn: vietnamDate(row.issuedAt) } : {}),
      ...(row.cancellation ? { cancelledBecause: row.cancellation.reason } : {}),
    }),
  ),
});

/** What the register says in words of ours, in the language asked for. */
const spoken = ({ fileCopyKeeper, note, ...entry }: OutgoingRegisterEntry) => ({
  ...entry,
  fileCopyKeeper: say(fileCopyKeeper),
  note: note === null ? '' : say(note),
});

const incomingEntryOf = (row: IncomingDocument): z.input<typeof IncomingEntry> => ({
  documentId: row.id,
  arrivalNumber: row.arrivalNumber ?? 0,
  arrivedOn: row.arrivalDate ?? '',
  senderName: row.senderName,
  documentCode: row.documentCode,
  issuedOn: row.issuedOn,
  subject: row.subject,
  receivedBy: row.acceptedBy?.fullName ?? '',
});
