import { Controller, Inject } from '@nestjs/common';
import { AxisDocumentPackage, AxisStatusPackage } from '@qlvb/contracts';
import type { EventOf } from '@qlvb/contracts';
import { OnEvent } from '@qlvb/platform-bus';
import { DeliveryLedger } from '../deliveries/delivery-ledger.ts';
import { ReceivedLedger } from '../received/received-ledger.ts';
import { announced } from './axis-queue.connector.ts';

/** What the axis brings: written down, nothing else. */
@Controller()
export class AxisQueueConsumer {
  constructor(
    @Inject(ReceivedLedger) private readonly received: ReceivedLedger,
    @Inject(DeliveryLedger) private readonly deliveries: DeliveryLedger,
  ) {}

  /** A package of ours that the axis brings has been taken by it. @source EX-TIME-1 */
  @OnEvent(AxisDocumentPackage)
  async onDocumentPackage(event: EventOf<typeof AxisDocumentPackage>): Promise<void> {
    await this.deliveries.recordTaken(event.data.packageId);
    await this.received.keep(announced(event));
  }

  @OnEvent(AxisStatusPackage)
  async onStatusPackage(event: EventOf<typeof AxisStatusPackage>): Promise<void> {
    await this.received.keep(announced(event));
  }
}
