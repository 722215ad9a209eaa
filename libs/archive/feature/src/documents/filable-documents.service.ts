import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@qlvb/platform-database';
import { DocumentSignature, FilableDocument } from '../entities.ts';

/** What can be filed, and what is known of the signatures on it. */
@Injectable()
export class FilableDocuments {
  constructor(@Inject(Database) private readonly database: Database) {}

  async keep(row: Omit<FilableDocument, 'agencyId'>): Promise<void> {
    await this.database.command((tx) =>
      tx.manager.upsert(FilableDocument, { ...row, agencyId: tx.agencyId, files: row.files as never }, ['documentId']),
    );
  }

  async judge(documentId: string, verdict: DocumentSignature['verdict']): Promise<void> {
    await this.database.command((tx) =>
      tx.manager.upsert(DocumentSignature, { documentId, agencyId: tx.agencyId, verdict }, ['documentId']),
    );
  }
}
