import { Controller, Inject } from '@nestjs/common';
import {
  HandlingCompleted,
  HandlingStarted,
  InstructionIssued,
  PackageReceived,
  ValidationCompleted,
} from '@qlvb/contracts';
import type { EventOf } from '@qlvb/contracts';
import { OnEvent } from '@qlvb/platform-bus';
import { ArrivalsService } from './arrivals.service.ts';
import { HandlingService } from './handling.service.ts';

/** What exchange, signature and workflow report about incoming documents. */
@Controller()
export class IncomingConsumer {
  constructor(
    @Inject(ArrivalsService) private readonly arrivals: ArrivalsService,
    @Inject(HandlingService) private readonly handling: HandlingService,
  ) {}

  @OnEvent(PackageReceived)
  onPackageReceived(event: EventOf<typeof PackageReceived>): Promise<void> {
    return this.arrivals.arrive(event.data);
  }

  @OnEvent(ValidationCompleted)
  onValidated(event: EventOf<typeof ValidationCompleted>): Promise<void> {
    return this.arrivals.recordValidation(event.data);
  }

  @OnEvent(InstructionIssued)
  onInstruction({ data }: EventOf<typeof InstructionIssued>): Promise<void> {
    const { lead, coHandlers, issuedBy: by, deadline, issuedAt } = data;
    const change = { lead: lead.fullName, deadline };
    const directed = { by, handlers: [lead, ...coHandlers], at: new Date(issuedAt) };
    return this.handling.record(data.documentId, 'assigned', change, { directed });
  }

  @OnEvent(HandlingStarted)
  onStarted({ data }: EventOf<typeof HandlingStarted>): Promise<void> {
    const { documentId, startedAt, by } = data;
    return this.handling.record(documentId, 'in_progress', { startedAt }, { did: by });
  }

  @OnEvent(HandlingCompleted)
  onCompleted({ data }: EventOf<typeof HandlingCompleted>): Promise<void> {
    const { documentId, completedAt, result, by } = data;
    return this.handling.record(documentId, 'completed', { completedAt, result }, { did: by });
  }
}
