import { Controller, Inject } from '@nestjs/common';
import { AxisDocumentPackage, AxisStatusPackage } from '@qlvb/contracts';
import type { EventOf } from '@qlvb/contracts';
import { OnEvent } from '@qlvb/platform-bus';
import { Arrivals } from '../received/arrivals.ts';
import { announced } from './axis-queue.connector.ts';

/** What the axis brings: written down, nothing else. */
@Controller()
export class AxisQueueConsumer {
  constructor(@Inject(Arrivals) private readonly arrivals: Arrivals) {}

  @OnEvent(AxisDocumentPackage)
  onDocumentPackage(event: EventOf<typeof AxisDocumentPackage>): Promise<void> {
    return this.arrivals.take(announced(event));
  }

  @OnEvent(AxisStatusPackage)
  onStatusPackage(event: EventOf<typeof AxisStatusPackage>): Promise<void> {
    return this.arrivals.take(announced(event));
  }
}
