import { Controller, Inject } from '@nestjs/common';
import { DeliveryStatusChanged, DocumentSigned } from '@qlvb/contracts';
import type { EventOf } from '@qlvb/contracts';
import { OnEvent } from '@qlvb/platform-bus';
import { Database } from '@qlvb/platform-database';
import { SignaturesService } from './signatures.service.ts';

/** What other services report about outgoing documents. */
@Controller()
export class OutgoingConsumer {
  readonly #signatures: SignaturesService;
  readonly #database: Database;

  constructor(@Inject(SignaturesService) signatures: SignaturesService, @Inject(Database) database: Database) {
    this.#signatures = signatures;
    this.#database = database;
  }

  @OnEvent(DocumentSigned)
  onSigned(event: EventOf<typeof DocumentSigned>): Promise<void> {
    return this.#signatures.record(event.data);
  }

  /** @source NĐ30-PL6-F1k */
  @OnEvent(DeliveryStatusChanged)
  async onDeliveryStatus({ data }: EventOf<typeof DeliveryStatusChanged>): Promise<void> {
    await this.#database.command((tx) =>
      tx.manager.query(
        `INSERT INTO delivery_status (delivery_id, agency_id, document_id, recipient_name, recipient_code, status, at, reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (delivery_id) DO UPDATE SET status = EXCLUDED.status, at = EXCLUDED.at, reason = EXCLUDED.reason`,
        [
          data.deliveryId,
          tx.agencyId,
          data.documentId,
          data.recipientName,
          data.recipientCode,
          data.status,
          data.at,
          data.reason ?? null,
        ],
      ),
    );
  }
}
