import { Controller, Inject } from '@nestjs/common';
import {
  HandlingCompleted,
  HandlingStarted,
  IncomingDocumentAccepted,
  IncomingDocumentRefused,
  InstructionIssued,
} from '@qlvb/contracts';
import type { EventOf, RefusalGround } from '@qlvb/contracts';
import { RECEIVER_STATUS, refusalText } from '@qlvb/exchange-domain';
import { OnEvent } from '@qlvb/platform-bus';
import { HandlingReports } from './handling-reports.service.ts';

/** What becomes of a document here, told to the agency that sent it. */
@Controller()
export class HandlingConsumer {
  constructor(@Inject(HandlingReports) private readonly reports: HandlingReports) {}

  @OnEvent(IncomingDocumentAccepted)
  onAccepted({ data }: EventOf<typeof IncomingDocumentAccepted>): Promise<void> {
    const { accepted } = RECEIVER_STATUS;
    return this.reports.report(data.packageId, {
      code: accepted,
      at: new Date(data.acceptedAt),
      by: data.acceptedBy.fullName,
    });
  }

  @OnEvent(IncomingDocumentRefused)
  onRefused({ data }: EventOf<typeof IncomingDocumentRefused>): Promise<void> {
    const report = {
      code: RECEIVER_STATUS.refused,
      at: new Date(data.refusedAt),
      by: data.refusedBy.fullName,
      reason: refusalText(data.reasonCode, data.reason),
    };
    const isSecret = data.reasonCode === ('STATE_SECRET' satisfies RefusalGround);
    return this.reports.refusal(data.packageId, report, isSecret);
  }

  @OnEvent(InstructionIssued)
  onInstruction({ data }: EventOf<typeof InstructionIssued>): Promise<void> {
    const { assigned } = RECEIVER_STATUS;
    return this.reports.report(data.packageId, {
      code: assigned,
      at: new Date(data.issuedAt),
      by: data.issuedBy.fullName,
    });
  }

  @OnEvent(HandlingStarted)
  onStarted({ data }: EventOf<typeof HandlingStarted>): Promise<void> {
    const { inProgress } = RECEIVER_STATUS;
    return this.reports.report(data.packageId, {
      code: inProgress,
      at: new Date(data.startedAt),
      by: data.by.fullName,
    });
  }

  @OnEvent(HandlingCompleted)
  onCompleted({ data }: EventOf<typeof HandlingCompleted>): Promise<void> {
    const { completed } = RECEIVER_STATUS;
    return this.reports.report(data.packageId, {
      code: completed,
      at: new Date(data.completedAt),
      by: data.by.fullName,
    });
  }
}
