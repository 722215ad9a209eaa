import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@qlvb/platform-database';
import { defineJob, OnJob } from '@qlvb/platform-jobs';
import { z } from 'zod';

/** How long a repeated request is answered with what its first one was told. */
const KEEP_ANSWERS_MS = 3 * 24 * 60 * 60 * 1000;

export const ForgetAnswers = defineJob({
  kind: 'platform.forget-answers',
  data: z.object({}),
  scope: 'platform',
  everySeconds: 60 * 60,
});

/** Forgets answers that nobody asks for again, and what they hold with them. */
@Injectable()
export class AnswerSweeper {
  constructor(@Inject(Database) private readonly database: Database) {}

  @OnJob(ForgetAnswers)
  async sweep(): Promise<void> {
    await this.database.forgetAnswers(KEEP_ANSWERS_MS);
  }
}
