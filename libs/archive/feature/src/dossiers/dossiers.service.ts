import { Inject, Injectable } from '@nestjs/common';
import {
  addDocument,
  closeDossier,
  isHandedOver,
  openDossier,
  performDossierAct,
  submissionClocks,
} from '@qlvb/archive-domain';
import type { Dossier, DossierAct } from '@qlvb/archive-domain';
import { DocumentFiled, DossierStateChanged } from '@qlvb/contracts';
import type { DossierRight } from '@qlvb/contracts';
import { Directory } from '@qlvb/directory';
import { DocumentAccess } from '@qlvb/document-access';
import { accessPage, accessTo, changeAccess } from '@qlvb/platform-access';
import type { ObjectAccess } from '@qlvb/platform-access';
import type { Actor } from '@qlvb/platform-context';
import { Database, reach, update } from '@qlvb/platform-database';
import type { Tx } from '@qlvb/platform-database';
import { inOrder, keysetPage } from '@qlvb/platform-http';
import type { Page } from '@qlvb/platform-http';
import { newId } from '@qlvb/shared-domain';
import { vietnamDate, vietnamYear } from '@qlvb/vietnam';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { DocumentNotFilable, DossierCodeTaken, DossierListNotFound, DossierNotFound } from '../archive.problems.ts';
import { DossierEntity, DossierListEntity, FilableDocument } from '../entities.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { capacitiesOf, openingGrants } from './dossier-access.ts';
import { kindSaid, retentionView } from './dossiers.dto.ts';
import type { DossierInput, DossierQuery, DossierView, FilableQuery, FilableView } from './dossiers.dto.ts';

type View = z.input<typeof DossierView>;
const DAY_AND_ID = z.tuple([z.iso.date(), z.uuid()]);

/** Dossiers from opening to closing. */
@Injectable()
export class DossiersService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(DocumentAccess) private readonly documents: DocumentAccess,
  ) {}

  /**
   * @throws BadDossierCode, BadRetention, DossierCodeTaken, DossierListNotFound
   * @source NĐ30-A29-1
   * @source NĐ30-A29-2
   * @source EX-HS-1
   */
  open(input: z.output<typeof DossierInput>, actor: Actor): Promise<View> {
    return this.database.command(async (tx) => {
      const agency = await this.directory.agency(tx.agencyId);
      const maker = await this.directory.me();
      const year = vietnamYear(tx.now);
      const list = input.listId
        ? await tx.manager.findOneBy(DossierListEntity, { id: input.listId, state: 'approved' })
        : null;
      if (input.listId && !list) throw DossierListNotFound({ id: input.listId });
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
        startedOn: input.startedOn,
        retention: input.retention,
        listId: input.listId ?? null,
        documents: [],
        closedOn: null,
        submissionDueOn: null,
      });
      await tx.manager.insert(DossierEntity, dossier);
      const grants = openingGrants(maker, actor.unitId, list?.approvedBy ?? null);
      await changeAccess(tx, { kind: 'dossier', id: dossier.id, at: tx.now, registered: true }, grants);
      announce(tx, dossier, 'open');
      tx.audit({
        action: 'dossier.opened',
        resource: { type: 'dossier', id: dossier.id },
        after: { code: dossier.code },
      });
      return dossierView(dossier, new Set());
    });
  }

  /** Of the documents that the maker may see himself. @throws DossierNotFound, DocumentNotFilable, DocumentAlreadyInDossier, DossierActNotAllowed, ActNotYours @source NĐ30-PL6-F4b @source NĐ30-PL6-F4e */
  file(id: string, documentId: string, actor: Actor): Promise<View> {
    return this.#act(id, actor, 'edit', 'dossier.document-filed', undefined, async (row, tx) => {
      const { where, parameters } = this.documents.visibleTo(actor);
      const document = await tx.manager
        .createQueryBuilder(FilableDocument, 'f')
        .where('f.documentId = :documentId', { documentId })
        .andWhere(where('f'), parameters)
        .getOne();
      if (!document) throw DocumentNotFilable({ id: documentId });
      const filed = addDocument(dossierOf(row), {
        documentId,
        formedOn: document.issuedOn,
        kindName: document.kindName,
        subject: document.subject,
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

  /** @throws DossierNotFound, DossierNotReadyToClose, DossierActNotAllowed, ActNotYours @source NĐ30-A29-5 @source NĐ30-A30-1 */
  close(id: string, actor: Actor): Promise<View> {
    return this.#act(id, actor, 'close', 'dossier.closed', undefined, (row, tx) => {
      const endedOn = vietnamDate(tx.now);
      closeDossier(dossierOf(row), endedOn);
      row.closedOn = endedOn;
      row.submissionDueOn = submissionClocks({ endedOn, isBasicConstruction: false }).dueOn;
      announce(tx, row, 'closed');
    });
  }

  /** @throws DossierNotFound, ReasonRequired, DossierActNotAllowed, ActNotYours @source EX-HS-2 */
  reopen(id: string, reason: string, actor: Actor): Promise<View> {
    return this.#act(id, actor, 'reopen', 'dossier.reopened', reason, (row, tx) => {
      row.closedOn = null;
      row.submissionDueOn = null;
      announce(tx, row, 'open');
    });
  }

  /** @throws DossierNotFound */
  async get(id: string, actor: Actor): Promise<View> {
    const wanted = { entity: DossierEntity, id, missing: DossierNotFound, access: this.#access(actor) };
    return this.database.read(async (manager) => {
      const { row } = await reach(manager, wanted);
      return this.#view(manager, row, actor);
    });
  }

  /** Those that the caller has to do with, the newest first. */
  list(query: z.output<typeof DossierQuery>, actor: Actor): Promise<Page<View>> {
    const { limit, cursor, ...filter } = query;
    return this.database.read(async (manager) => {
      const asked = { limit, cursor, filter };
      const page = await accessPage(this.#access(actor), asked, {
        manager,
        entity: DossierEntity,
        at: 'createdAt',
        where: filter.state ? ['d.state = :state'] : [],
        parameters: { state: filter.state },
      });
      const shown = await this.#shown(manager, page.items, actor);
      return { ...page, items: page.items.map((row) => dossierView(row, shown)) };
    });
  }

  /** Registered documents that the caller may see, the newest first. */
  filable(query: z.output<typeof FilableQuery>, actor: Actor): Promise<Page<z.input<typeof FilableView>>> {
    const { limit, cursor, ...filter } = query;
    const { where, parameters } = this.documents.visibleTo(actor);
    return this.database.read(async (manager) => {
      const page = await keysetPage(
        { limit, cursor },
        {
          scope: filter,
          keys: DAY_AND_ID,
          query: (after) => {
            const builder = manager.createQueryBuilder(FilableDocument, 'f').where(where('f'), parameters);
            if (filter.documentId) builder.andWhere('f.documentId = :documentId', { documentId: filter.documentId });
            if (filter.direction) builder.andWhere('f.direction = :direction', { direction: filter.direction });
            return inOrder(builder, 'DESC', ['f.issuedOn', 'f.documentId'], after);
          },
          keysOf: (row) => [row.issuedOn, row.documentId],
        },
      );
      return { ...page, items: page.items.map(filableView) };
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
    const access = this.#access(actor);
    return update(
      this.database,
      { entity: DossierEntity, id, missing: DossierNotFound, action, access },
      async (row, tx, rights) => {
        row.state = performDossierAct(row.state, act, capacitiesOf(rights), reason);
        await change(row, tx);
        return this.#view(tx.manager, row, actor);
      },
    );
  }

  async #view(manager: EntityManager, row: DossierEntity, actor: Actor): Promise<View> {
    return dossierView(row, await this.#shown(manager, [row], actor));
  }

  /**
   * Which documents in dossiers are shown: those that the caller may see by themselves, and to the archive all that was handed to it.
   *
   * @source SEC-Z02
   */
  async #shown(manager: EntityManager, rows: readonly DossierEntity[], actor: Actor): Promise<ReadonlySet<string>> {
    const idsOf = (some: readonly DossierEntity[]): string[] =>
      some.flatMap(({ documents }) => documents.map(({ documentId }) => documentId));
    const seen = await this.documents.among(manager, idsOf(rows), actor);
    const isArchive = (await this.#access(actor).standing(manager)).includes('archive');
    return new Set([...seen, ...idsOf(isArchive ? rows.filter(({ state }) => isHandedOver(state)) : [])]);
  }

  #access(actor: Actor): ObjectAccess<DossierRight> {
    return accessTo('dossier', actor, this.database.now());
  }
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

const filableView = (row: FilableDocument): z.input<typeof FilableView> => {
  const { documentId, direction, documentCode, issuedOn, kindName, subject, author } = row;
  return { documentId, direction, documentCode, issuedOn, kindName: kindSaid(kindName), subject, author };
};

const dossierView = (row: DossierEntity, shown: ReadonlySet<string>): View => ({
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
  documentCount: row.documents.length,
  documents: row.documents
    .filter(({ documentId }) => shown.has(documentId))
    .map(({ documentId, ordinal, formedOn, kindName, subject }) => ({
      documentId,
      documentOrdinal: ordinal,
      issuedOn: formedOn,
      kindName: kindSaid(kindName),
      subject,
    })),
});
