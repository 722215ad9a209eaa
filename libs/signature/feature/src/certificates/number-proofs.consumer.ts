import { Controller, Inject } from '@nestjs/common';
import { PersonNumbered } from '@qlvb/contracts';
import type { EventOf } from '@qlvb/contracts';
import { OnEvent } from '@qlvb/platform-bus';
import { HolderNumbers } from './holder-numbers.ts';

/** Keeps what identity tells of citizen numbers. */
@Controller()
export class NumberProofsConsumer {
  constructor(@Inject(HolderNumbers) private readonly numbers: HolderNumbers) {}

  @OnEvent(PersonNumbered)
  onNumbered({ data }: EventOf<typeof PersonNumbered>): Promise<void> {
    return this.numbers.learn(data);
  }
}
