import { DocumentAccessChanged } from '@qlvb/contracts';
import type { DataOf } from '@qlvb/contracts';
import type { TestService } from './test-service.ts';

type Told = DataOf<typeof DocumentAccessChanged>;
let versions = 0;

/** Tells a service, as documents does, that these people may see a document, and no others but those of a standing right; and from whom it was withdrawn. */
export function tellDocumentAccess(
  test: TestService,
  agencyId: string,
  documentId: string,
  readers: readonly { readonly userId: string }[],
  kind: Told['kind'] = 'outgoing-document',
  withdrawnFrom: readonly { readonly userId: string }[] = [],
): Promise<string> {
  versions += 1;
  const validFrom = new Date(0).toISOString();
  return test.deliver(DocumentAccessChanged, agencyId, {
    documentId,
    kind,
    version: versions,
    documentAt: validFrom,
    rows: readers.map(({ userId }): Told['rows'][number] => ({
      principalKind: 'person',
      principalId: userId,
      permission: null,
      right: 'read',
      validFrom,
      validUntil: null,
    })),
    withdrawn: withdrawnFrom.map(({ userId }) => ({
      principalKind: 'person' as const,
      principalId: userId,
      withdrawnAt: validFrom,
    })),
  });
}
