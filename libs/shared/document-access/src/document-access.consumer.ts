import { Controller, Inject } from '@nestjs/common';
import { DocumentAccessChanged } from '@qlvb/contracts';
import type { EventOf } from '@qlvb/contracts';
import { replaceAccess } from '@qlvb/platform-access';
import { OnEvent } from '@qlvb/platform-bus';
import { Database } from '@qlvb/platform-database';

/** Keeps the copy up with documents: the newest state of each document, whatever order the events come in. */
@Controller()
export class DocumentAccessConsumer {
  constructor(@Inject(Database) private readonly database: Database) {}

  @OnEvent(DocumentAccessChanged)
  async onChanged({ data }: EventOf<typeof DocumentAccessChanged>): Promise<void> {
    const { documentId: id, kind, documentAt, version, rows, withdrawn = [] } = data;
    const state = { version, rows, withdrawn };
    await this.database.command((tx) => replaceAccess(tx, { kind, id, at: new Date(documentAt) }, state));
  }
}
