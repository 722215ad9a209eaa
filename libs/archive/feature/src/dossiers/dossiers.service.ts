import { Inject, Injectable } from '@nestjs/common';
import { addDocument, closeDossier, openDossier, performDossierAct, submissionClocks } from '@qlvb/archive-domain';
import type { Dossier, DossierAct, DossierRole } from '@qlvb/archive-domain';
import { DocumentFiled, DossierStateChanged } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import type { Actor } from '@qlvb/platform-context';
import { Database, update } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { decodeCursor, toPage } from '@qlvb/platform-http';
import type { Page } from '@qlvb/platform-http';
import { newId } from '@qlvb/shared-domain';
import { vietnamDate, vietnamYear } from '@qlvb/vietnam';
import { z } from 'zod';
import { DocumentNotFilable, DossierCodeTaken, DossierListMissing, DossierMissing } from '../archive.problems.ts';
import { DossierEntity, DossierListEntity, FilableDocument } from '../entities.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { retentionView } from './dossiers.dto.ts';
import type { DossierInput, DossierQuery, DossierView, FilableView } from './dossiers.dto.ts';

type View = z.input<typeof DossierView>;

/** Dossiers from opening to closing. */
@Injectable()
export class DossiersService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
  ) {}

  /**
   * @throws BadDossierCode, BadRetention, DossierCodeTaken, DossierListMissing
   * @source NĐ30-A29-1
   * @source NĐ30-A29-2
   * @source EX-HS-1
   */
  open(input: z.output<typeof DossierInput>, actor: Actor): Promise<View> {
    return this.database.command(async (tx) => {
      const agency = await this.directory.agency(tx.agencyId);
      const maker = await this.directory.me();
      const year = vietnamYear(tx.now);
      if (input.listId && !(await tx.manager.existsBy(DossierListEntity, { id: input.listId, state: 'approved' }))) {
        throw DossierListMissing({ id: input.listId });
      }
      const opened = openDossier(
        { notation: input.notation, title: input.title, term: input.retention },
        { agencyCode: agency.code, year, makerId: maker.userId, startedOn: input.startedOn, access: 'conditional' },
      );
      await oneAtATime(tx, `dossier ${opened.code}`);
      if (await tx.manager.existsBy(DossierEntity, { code: opened.code }))
        throw DossierCodeTaken({ code: opened.code });
      const dossier = Object.assign(new DossierEntity(), {
        id: newId(),
        agencyId: tx.agencyId,
        version: 1,
        createdAt: tx.now,
        updatedAt: tx.now,
        code: opened.code,
        notation: opened.notation,
        title: opened.title,
        state: 'open' as const,
        maker,
        makerUnitId: actor.unitId ?? null,
        startedOn: input.startedOn,
        retention: input.retention,
        listId: input.listId ?? null,
        documents: [],
        closedOn: null,
        submissionDueOn: null,
      });
      await tx.manager.insert(DossierEntity, dossier);
      announce(tx, dossier, 'open');
      tx.audit({
        action: 'dossier.opened',
        resource: { type: 'dossier', id: dossier.id },
        after: { code: dossier.code },
      });
      return dossierView(dossier);
    });
  }

  /** @throws DossierMissing, DocumentNotFilable, DocumentAlreadyInDossier, DossierActNotAllowed, ActNotYours @source NĐ30-PL6-F4b @source NĐ30-PL6-F4e */
  file(id: string, documentId: string, actor: Actor): Promise<View> {
    return this.#act(id, actor, 'edit', 'dossier.document-filed', undefined, async (row, tx) => {
      const document = await tx.manager.findOneBy(FilableDocument, { documentId });
      if (!document) throw DocumentNotFilable({ id: documentId });
      const filed = addDocument(dossierOf(row), {
        documentId,
        formedOn: document.issuedOn,
        kindName: document.kindName,
        subject: document.subject,
        pageCount: document.pageCount,
        term: null,
        access: 'conditional',
        isFinal: true,
        fileDigests: document.files.map((file) => file.sha256),
      });
      row.documents = [...filed.documents];
      const ordinal = filed.documents.find((each) => each.documentId === documentId)?.ordinal ?? 1;
      tx.publish(DocumentFiled, { dossierId: id, dossierCode: row.code, documentId, documentOrdinal: ordinal });
    });
  }

  /** @throws DossierMissing, DossierNotReadyToClose, DossierActNotAllowed, ActNotYours @source NĐ30-A29-5 @source NĐ30-A30-1 */
  close(id: string, actor: Actor): Promise<View> {
    return this.#act(id, actor, 'close', 'dossier.closed', undefined, (row, tx) => {
      const endedOn = vietnamDate(tx.now);
      closeDossier(dossierOf(row), endedOn);
      row.closedOn = endedOn;
      row.submissionDueOn = submissionClocks({ endedOn, isBasicConstruction: false }).dueOn;
      announce(tx, row, 'closed');
    });
  }

  /** @throws DossierMissing, ReasonRequired, DossierActNotAllowed, ActNotYours @source EX-HS-2 */
  reopen(id: string, reason: string, actor: Actor): Promise<View> {
    return this.#act(id, actor, 'reopen', 'dossier.reopened', reason, (row, tx) => {
      row.closedOn = null;
      row.submissionDueOn = null;
      announce(tx, row, 'open');
    });
  }

  async get(id: string): Promise<View> {
    const row = await this.database.read((manager) => manager.findOneBy(DossierEntity, { id }));
    if (!row) throw DossierMissing({ id });
    return dossierView(row);
  }

  list(query: z.output<typeof DossierQuery>): Promise<Page<View>> {
    const { limit, cursor, ...filter } = query;
    const after = cursor ? decodeCursor(cursor, filter, z.tuple([z.string(), z.uuid()])) : undefined;
    return this.database.read(async (manager) => {
      const builder = manager
        .createQueryBuilder(DossierEntity, 'd')
        .where('true')
        .orderBy('d.createdAt', 'DESC')
        .addOrderBy('d.id', 'DESC')
        .take(limit + 1);
      if (filter.state) builder.andWhere('d.state = :state', { state: filter.state });
      if (after) builder.andWhere('(d.createdAt, d.id) < (:at::timestamptz, :id)', { at: after[0], id: after[1] });
      const page = toPage(await builder.getMany(), limit, filter, (row) => [row.createdAt.toISOString(), row.id]);
      return { items: page.items.map(dossierView), nextCursor: page.nextCursor };
    });
  }

  /** Registered documents; with an id, that one if it is known already. */
  filable(documentId: string | undefined): Promise<z.input<typeof FilableView>[]> {
    return this.database.read(async (manager) => {
      const found = await manager.find(FilableDocument, {
        where: documentId ? { documentId } : {},
        order: { issuedOn: 'DESC', documentId: 'ASC' },
        take: 100,
      });
      return found.map(({ documentId: id, direction, documentCode, issuedOn, kindName, subject, author }) => ({
        documentId: id,
        direction,
        documentCode,
        issuedOn,
        kindName,
        subject,
        author,
      }));
    });
  }

  #act(
    id: string,
    actor: Actor,
    act: DossierAct,
    action: string,
    reason: string | undefined,
    change: (row: DossierEntity, tx: Tx) => Promise<void> | void,
  ): Promise<View> {
    return update(
      this.database,
      { entity: DossierEntity, id, missing: DossierMissing, action, access: 'agency' },
      async (row, tx) => {
        row.state = performDossierAct(row.state, act, rolesOn(row, actor), reason);
        await change(row, tx);
        return dossierView(row);
      },
    );
  }
}

/** The capacities in which a person stands to one dossier. */
export function rolesOn(row: DossierEntity, actor: Actor): DossierRole[] {
  const roles: DossierRole[] = [];
  if (row.maker.userId === actor.userId) roles.push('maker');
  if (row.makerUnitId === actor.unitId && actor.permissions.includes('outgoing-documents.content-check'))
    roles.push('unit_head');
  if (actor.permissions.includes('submissions.decide')) roles.push('archivist');
  return roles;
}

export function announce(
  tx: Tx,
  row: DossierEntity,
  state: 'open' | 'closed' | 'submitted' | 'returned' | 'accepted',
): void {
  tx.publish(DossierStateChanged, {
    dossierId: row.id,
    dossierCode: row.code,
    state,
    at: tx.now.toISOString(),
    submissionDueOn: row.submissionDueOn,
  });
}

export const dossierOf = (row: DossierEntity): Dossier => ({
  code: row.code,
  notation: row.notation,
  title: row.title,
  makerId: row.maker.userId,
  startedOn: row.startedOn,
  term: row.retention,
  access: 'conditional',
  documents: row.documents,
});

export const dossierView = (row: DossierEntity): View => ({
  dossierId: row.id,
  version: row.version,
  dossierCode: row.code,
  notation: row.notation,
  title: row.title,
  state: row.state,
  maker: row.maker,
  startedOn: row.startedOn,
  retention: retentionView(row.retention),
  closedOn: row.closedOn,
  submissionDueOn: row.submissionDueOn,
  documents: row.documents.map(({ documentId, ordinal, formedOn, kindName, subject }) => ({
    documentId,
    documentOrdinal: ordinal,
    formedOn,
    kindName,
    subject,
  })),
});
