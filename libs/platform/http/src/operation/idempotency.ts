import { createHash, createHmac } from 'node:crypto';
import { InputInvalid, IdempotencyKeyMissing } from '../problems/http.problems.ts';

const WRONG_KEY = {
  vi: 'Phải có 16 đến 128 ký tự ASCII nhìn thấy được.',
  en: 'Must be 16 to 128 visible ASCII characters.',
};

/** @throws IdempotencyKeyMissing, InputInvalid */
export function readIdempotencyKey(header: string | string[] | undefined): string {
  if (header === undefined || header === '') throw IdempotencyKeyMissing();
  const key = String(header);
  if (!/^[\x21-\x7e]{16,128}$/.test(key)) {
    const fault = { pointer: '/headers/idempotency-key' as const, code: 'wrong-format', detail: WRONG_KEY };
    throw InputInvalid({ count: 1 }, { faults: [fault] });
  }
  return key;
}

export interface FingerprintParts {
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly userId: string;
  /** The parsed body, or type and digest of an upload. */
  readonly body: unknown;
}

/**
 * Tells whether a repeated key means the same request; the order of a body's members makes no difference. It is stored: with
 * `secret` nobody who reads it can try out what the body may have been.
 */
export const fingerprint = ({ method, url, userId, body }: FingerprintParts, secret?: Buffer): string =>
  (secret ? createHmac('sha256', secret) : createHash('sha256'))
    .update([method, url, userId, canonical(body)].join('\n'))
    .digest('hex');

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join()}}`;
  }
  return JSON.stringify(value) ?? '';
}
