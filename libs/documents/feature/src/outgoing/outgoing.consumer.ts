import { Controller, Inject } from '@nestjs/common';
import { DeliveryStatusChanged, DocumentSigned } from '@qlvb/contracts';
import type { EventOf } from '@qlvb/contracts';
import { OnEvent } from '@qlvb/platform-bus';
import { DeliveriesService } from './deliveries.service.ts';
import { SignaturesService } from './signatures.service.ts';

/** What other services report about outgoing documents. */
@Controller()
export class OutgoingConsumer {
  constructor(
    @Inject(SignaturesService) private readonly signatures: SignaturesService,
    @Inject(DeliveriesService) private readonly deliveries: DeliveriesService,
  ) {}

  @OnEvent(DocumentSigned)
  onSigned(event: EventOf<typeof DocumentSigned>): Promise<void> {
    return this.signatures.record(event.data);
  }

  @OnEvent(DeliveryStatusChanged)
  onDeliveryStatus(event: EventOf<typeof DeliveryStatusChanged>): Promise<void> {
    return this.deliveries.record(event.data);
  }
}
