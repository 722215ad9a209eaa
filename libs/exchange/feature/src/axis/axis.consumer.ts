import { Controller, Inject } from '@nestjs/common';
import {
  AxisDocumentPackage,
  AxisStatusPackage,
  HandlingCompleted,
  HandlingStarted,
  IncomingDocumentAccepted,
  IncomingDocumentRefused,
  InstructionIssued,
  OutgoingDocumentIssued,
} from '@qlvb/contracts';
import type { EventOf } from '@qlvb/contracts';
import { OnEvent } from '@qlvb/platform-bus';
import { Database } from '@qlvb/platform-database';
import { ReceivingService } from './receiving.service.ts';
import { SendingService } from './sending.service.ts';
import { StatusReceivingService } from './status-receiving.service.ts';
import { StatusReports } from './status-reports.ts';
import type { Report } from './status-reports.ts';

/** Between the agencies' systems and the provincial axis: what goes out, what comes in, what is reported back. */
@Controller()
export class AxisConsumer {
  constructor(
    @Inject(SendingService) private readonly sending: SendingService,
    @Inject(ReceivingService) private readonly receiving: ReceivingService,
    @Inject(StatusReceivingService) private readonly statuses: StatusReceivingService,
    @Inject(StatusReports) private readonly reports: StatusReports,
    @Inject(Database) private readonly database: Database,
  ) {}

  @OnEvent(OutgoingDocumentIssued)
  onIssued(event: EventOf<typeof OutgoingDocumentIssued>): Promise<void> {
    return this.sending.send(event.data);
  }

  @OnEvent(AxisDocumentPackage)
  onDocumentPackage(event: EventOf<typeof AxisDocumentPackage>): Promise<void> {
    return this.receiving.receive(event.data);
  }

  @OnEvent(AxisStatusPackage)
  onStatusPackage(event: EventOf<typeof AxisStatusPackage>): Promise<void> {
    return this.statuses.receive(event.data);
  }

  @OnEvent(IncomingDocumentAccepted)
  onAccepted({ data }: EventOf<typeof IncomingDocumentAccepted>): Promise<void> {
    return this.#report(data.packageId, { code: '03', at: new Date(data.acceptedAt), by: data.acceptedBy.fullName });
  }

  @OnEvent(IncomingDocumentRefused)
  onRefused({ data }: EventOf<typeof IncomingDocumentRefused>): Promise<void> {
    const reason = `${data.reasonCode}: ${data.reason}`;
    return this.#report(data.packageId, {
      code: '02',
      at: new Date(data.refusedAt),
      by: data.refusedBy.fullName,
      reason,
    });
  }

  @OnEvent(InstructionIssued)
  onInstruction({ data }: EventOf<typeof InstructionIssued>): Promise<void> {
    return this.#report(data.packageId, { code: '04', at: new Date(data.issuedAt), by: data.issuedBy.fullName });
  }

  @OnEvent(HandlingStarted)
  onStarted({ data }: EventOf<typeof HandlingStarted>): Promise<void> {
    return this.#report(data.packageId, { code: '05', at: new Date(data.startedAt), by: data.by.fullName });
  }

  @OnEvent(HandlingCompleted)
  onCompleted({ data }: EventOf<typeof HandlingCompleted>): Promise<void> {
    return this.#report(data.packageId, { code: '06', at: new Date(data.completedAt), by: data.by.fullName });
  }

  #report(packageId: string, report: Report): Promise<void> {
    return this.database.command((tx) => this.reports.report(tx, packageId, report));
  }
}
