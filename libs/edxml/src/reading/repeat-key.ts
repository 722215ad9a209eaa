import { createHash } from 'node:crypto';
import { comparableCode } from '../codes/agency-code.ts';
import type { ReadResult } from './read-package.ts';

/**
 * What makes a package the same one again: the axis' id of the delivery where there is one, else sender, document, operation and the very
 * bytes. Two packages with the same key must have one effect.
 *
 * @param axisId `docId` of the axis
 * @source R12
 */
export function repeatKey(result: Exclude<ReadResult<unknown>, { kind: 'unreadable' }>, axisId?: string): string {
  if (axisId !== undefined) return `axis:${axisId}`;
  const { sender } = result.package;
  const [documentId, operation] =
    result.kind === 'edoc'
      ? [result.package.documentId, result.package.business.code ?? '0']
      : [result.package.about.documentId, `status ${result.package.status ?? ''}`];
  const parts = [result.kind, comparableCode(sender?.agencyCode ?? ''), documentId ?? '', operation, result.sha256];
  return `content:${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`;
}
