import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '@qlvb/platform-database';
import { LOGGER } from '@qlvb/platform-http';
import type { Logger } from '@qlvb/platform-observability';

/** How long a repeated request is answered with what its first one was told. */
const KEEP_ANSWERS_MS = 3 * 24 * 60 * 60 * 1000;
const EVERY_MS = 60 * 60 * 1000;

/** Forgets answers that nobody asks for again, and what they hold with them. */
@Injectable()
export class AnswerSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => {
      this.#running = this.database
        .forgetAnswers(KEEP_ANSWERS_MS)
        .catch((err: unknown) => this.logger.error({ err }, 'old answers were not forgotten'));
    }, EVERY_MS);
    this.#timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }
}
