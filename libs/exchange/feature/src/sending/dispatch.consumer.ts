import { Controller, Inject } from '@nestjs/common';
import { OutgoingDocumentIssued } from '@qlvb/contracts';
import type { EventOf } from '@qlvb/contracts';
import { OnEvent } from '@qlvb/platform-bus';
import { SendingService } from './sending.service.ts';

@Controller()
export class DispatchConsumer {
  constructor(@Inject(SendingService) private readonly sending: SendingService) {}

  @OnEvent(OutgoingDocumentIssued)
  onIssued(event: EventOf<typeof OutgoingDocumentIssued>): Promise<void> {
    return this.sending.dispatch(event.data);
  }
}
