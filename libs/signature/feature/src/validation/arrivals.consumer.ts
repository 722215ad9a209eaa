import { Controller, Inject } from '@nestjs/common';
import { IncomingDocumentArrived } from '@qlvb/contracts';
import type { EventOf } from '@qlvb/contracts';
import { OnEvent } from '@qlvb/platform-bus';
import { ArrivalValidations } from './arrival-validations.ts';

@Controller()
export class ArrivalsConsumer {
  constructor(@Inject(ArrivalValidations) private readonly validations: ArrivalValidations) {}

  @OnEvent(IncomingDocumentArrived)
  onArrived(event: EventOf<typeof IncomingDocumentArrived>): Promise<void> {
    return this.validations.arrived(event.data);
  }
}
