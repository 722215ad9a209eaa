import { DocumentAccessChanged, RegisterAccessChanged } from '@qlvb/contracts';
import type { DataOf } from '@qlvb/contracts';
import type { TestService } from './test-service.ts';

type Told = DataOf<typeof DocumentAccessChanged>;
let versions = 0;

const STANDING = {
  'outgoing-register': ['outgoing-documents.register', 'audit.read'],
  'incoming-register': ['incoming-documents.accept', 'instructions.issue', 'audit.read'],
} as const;

/** Tells a service, as documents does, to whom the registers of an agency are open. */
export async function tellRegisterAccess(test: TestService, agencyId: string): Promise<void> {
  const validFrom = new Date(0).toISOString();
  for (const register of ['outgoing-register', 'incoming-register'] as const) {
    await test.deliver(RegisterAccessChanged, agencyId, {
      agencyId,
      register,
      version: 1,
      rows: STANDING[register].map((permission) => ({
        principalKind: 'agency' as const,
        principalId: agencyId,
        permission,
        right: 'read' as const,
        validFrom,
        validUntil: null,
      })),
    });
  }
}

/**
 * Tells a service, as documents does, that these people may see a registered document, and no others but those to whom the register is
 * open; and from whom it was withdrawn.
 */
export function tellDocumentAccess(
  test: TestService,
  agencyId: string,
  documentId: string,
  readers: readonly { readonly userId: string }[],
  kind: Told['kind'] = 'outgoing-document',
  withdrawnFrom: readonly { readonly userId: string }[] = [],
  registered = true,
): Promise<string> {
  versions += 1;
  const validFrom = new Date(0).toISOString();
  return test.deliver(DocumentAccessChanged, agencyId, {
    documentId,
    kind,
    version: versions,
    documentAt: validFrom,
    registered,
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
