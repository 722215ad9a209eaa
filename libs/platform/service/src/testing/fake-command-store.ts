import { Injectable } from '@nestjs/common';
import { currentContext } from '@qlvb/platform-context';
import type { StoredResponse } from '@qlvb/platform-context';

/** Plays the database's part of the idempotency protocol, in memory. */
@Injectable()
export class FakeCommandStore {
  readonly answers = new Map<string, { readonly answer: StoredResponse; readonly fingerprint: string }>();

  async command<T>(caller: string, work: () => Promise<T>): Promise<T> {
    const idempotency = currentContext()?.idempotency;
    if (!idempotency) return work();
    const stored = this.answers.get(`${caller}:${idempotency.key}`);
    if (stored) {
      if (stored.fingerprint !== idempotency.fingerprint) throw new Error('the key was used for another request');
      idempotency.answer = { ...stored.answer, replayed: true };
      return undefined as T;
    }
    const result = await work();
    const answer = idempotency.serialise(result);
    this.answers.set(`${caller}:${idempotency.key}`, { answer, fingerprint: idempotency.fingerprint });
    idempotency.answer = { ...answer, replayed: false };
    return result;
  }
}
