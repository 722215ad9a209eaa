import { Injectable } from '@nestjs/common';
import { currentContext } from '@qlvb/platform-context';
import { defineProblem } from '@qlvb/shared-domain';
import type { StoredResponse } from '@qlvb/platform-context';

export const KeyReused = defineProblem({
  code: 'notes.key-reused',
  kind: 'unprocessable',
  title: { vi: 'Khóa đã dùng', en: 'Key used' },
  detail: { vi: 'Khóa đã dùng cho yêu cầu khác.', en: 'The key was used for another request.' },
});

/** Plays the database's part of the idempotency protocol, in memory. */
@Injectable()
export class FakeCommandStore {
  readonly answers = new Map<string, { readonly answer: StoredResponse; readonly fingerprint: string }>();

  async command<T>(caller: string, work: () => Promise<T>): Promise<T> {
    const idempotency = currentContext()?.idempotency;
    if (!idempotency) return work();
    const stored = this.answers.get(`${caller}:${idempotency.key}`);
    if (stored) {
      if (stored.fingerprint !== idempotency.fingerprint()) throw KeyReused();
      idempotency.answer = { ...stored.answer, replayed: true };
      return undefined as T;
    }
    const result = await work();
    const answer = idempotency.serialise(result);
    this.answers.set(`${caller}:${idempotency.key}`, { answer, fingerprint: idempotency.fingerprint() });
    idempotency.answer = { ...answer, replayed: false };
    return result;
  }
}
