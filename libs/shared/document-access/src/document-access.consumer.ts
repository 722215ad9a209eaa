import { Controller, Inject } from '@nestjs/common';
import { DocumentAccessChanged, RegisterAccessChanged } from '@qlvb/contracts';
import type { EventOf } from '@qlvb/contracts';
import { replaceAccess } from '@qlvb/platform-access';
import { OnEvent } from '@qlvb/platform-bus';
import { Database } from '@qlvb/platform-database';

/** Keeps the copy up with documents: the newest state of each document and register, whatever order the events come in. */
@Controller()
export class DocumentAccessConsumer {
  constructor(@Inject(Database) private readonly database: Database) {}

  @OnEvent(DocumentAccessChanged)
  async onChanged({ data }: EventOf<typeof DocumentAccessChanged>): Promise<void> {
    const { documentId: id, kind, documentAt, registered = false, version, rows, withdrawn = [] } = data;
    const object = { kind, id, at: new Date(documentAt), registered };
    await this.database.command((tx) => replaceAccess(tx, object, { version, rows, withdrawn }));
  }

  /** @source SEC-Z02 */
  @OnEvent(RegisterAccessChanged)
  async onRegisterChanged({ data }: EventOf<typeof RegisterAccessChanged>): Promise<void> {
    const { agencyId: id, register: kind, version, rows } = data;
    await this.database.command((tx) =>
      replaceAccess(tx, { kind, id, at: tx.now, registered: false }, { version, rows, withdrawn: [] }),
    );
  }
}
