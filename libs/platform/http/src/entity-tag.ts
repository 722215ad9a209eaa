import { VersionRequired, VersionUnknown } from './http.problems.ts';

/** The strong ETag of a resource's version. */
export const entityTag = (version: number): string => `"${version}"`;

/** The version of a result that has one. */
export function versionOf(result: unknown): number | undefined {
  const version = typeof result === 'object' && result !== null && 'version' in result ? result.version : undefined;
  return typeof version === 'number' && Number.isSafeInteger(version) ? version : undefined;
}

/**
 * Reads If-Match as one version. `*` and weak tags are refused: an editor has to say what he has seen.
 *
 * @throws VersionRequired when absent or `*`, VersionUnknown for a tag that no version of ours has
 */
export function readIfMatch(header: string | undefined): number {
  if (header === undefined || header.trim() === '*') throw VersionRequired();
  const match = /^\s*"(\d{1,15})"\s*$/.exec(header);
  if (!match) throw VersionUnknown();
  return Number(match[1]);
}
