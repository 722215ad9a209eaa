import type { InputFault } from '@qlvb/shared-domain';
import { VersionRequired } from '../problems/http.problems.ts';

/** The strong ETag of a resource's version. */
export const entityTag = (version: number): string => `"${version}"`;

/** The version of a result that has one. */
export function versionOf(result: unknown): number | undefined {
  const version = typeof result === 'object' && result !== null && 'version' in result ? result.version : undefined;
  return typeof version === 'number' && Number.isSafeInteger(version) ? version : undefined;
}

/**
 * Reads If-Match as one version. `*` is refused: an editor has to say what he has seen.
 *
 * @throws VersionRequired when absent or `*`
 */
export function readIfMatch(header: string | undefined, faults: InputFault[]): number | undefined {
  if (header === undefined || header.trim() === '*') throw VersionRequired();
  const match = /^"(\d{1,15})"$/.exec(header.trim());
  if (!match) faults.push({ pointer: '/headers/if-match', code: 'wrong-format', detail: WRONG_TAG });
  return match ? Number(match[1]) : undefined;
}

const WRONG_TAG = {
  vi: 'Phải là một ETag đã nhận từ hệ thống, ví dụ "3".',
  en: 'Must be one ETag as this platform gives it, for example "3".',
};
