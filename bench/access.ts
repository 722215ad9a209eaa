import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AgencyChanged } from '@qlvb/contracts';
import { DOCUMENTS_ENTITIES, DocumentsModule } from '@qlvb/documents-feature';
import { PlatformModule, platformSettings } from '@qlvb/platform-service';
import { startTestService } from '@qlvb/platform-service-testing';
import { StorageModule, storageSettings } from '@qlvb/platform-storage';
import { z } from 'zod';
import { AGENCY, fill, PERSON_ROLE } from './access/made-documents.ts';
import { queryLines } from './access/queries.ts';
import { requestLines } from './access/requests.ts';
import { WithoutAccessModule } from './access/without-access.ts';
import type { Line } from './measure.ts';

/**
 * Outgoing documents with the access condition and without, over so many of one agency: the first and a further page, the count, one
 * document, a search, each as the query alone and as the service answers.
 */
export async function accessLines(root: string, documents: number, rounds: number): Promise<Line[]> {
  const objects = mkdtempSync(join(tmpdir(), 'qlvb-bench-objects-'));
  const test = await startTestService({
    name: 'documents',
    schema: z.object({ ...platformSettings, ...storageSettings }),
    module: (settings, bus) => ({
      module: WithoutAccessModule,
      imports: [
        PlatformModule.forRoot({ service: 'documents', settings, bus, entities: DOCUMENTS_ENTITIES }),
        StorageModule.forRoot(settings),
        DocumentsModule,
      ],
    }),
    migrations: ['libs/shared/directory', 'libs/platform/access', 'apps/documents'].map((folder) =>
      join(root, folder, 'migrations'),
    ),
    environment: { QLVB_STORAGE_DIR: objects },
  });
  await test.deliver(AgencyChanged, AGENCY, { ...AgencyChanged.example, agencyId: AGENCY, parentId: null });
  await fill(test.admin, documents);
  try {
    const queries = await queryLines(test.appUrl, documents, rounds);
    return [...queries, ...(await requestLines(test, documents, rounds))];
  } finally {
    await test.admin.query(`DROP OWNED BY ${PERSON_ROLE}; DROP ROLE ${PERSON_ROLE}`);
    await test.stop();
    rmSync(objects, { recursive: true, force: true });
  }
}
