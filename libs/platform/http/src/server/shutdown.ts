import { Injectable } from '@nestjs/common';

/** Tells long answers and the readiness page that the service is about to stop. */
@Injectable()
export class Shutdown {
  readonly #controller = new AbortController();

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get begun(): boolean {
    return this.#controller.signal.aborted;
  }

  begin(): void {
    this.#controller.abort();
  }
}
