import { instant, pageQuery } from '@qlvb/platform-http';
import { z } from 'zod';
import type { ArchivePackageEntity } from '../entities.ts';

export const ArchivePackageView = z
  .object({
    packageId: z.uuid(),
    kind: z.enum(['sip', 'aip']),
    dossierId: z.uuid(),
    objectId: z.string(),
    sha256: z.string(),
    sizeBytes: z.int(),
    createdAt: instant(),
    lockedAt: instant()
      .nullable()
      .describe('When the store was made to refuse its deletion; null before, and when nobody knows it'),
  })
  .meta({ id: 'ArchivePackage' });

export const ArchivePackageQuery = z.object({ ...pageQuery, dossierId: z.uuid().optional() });

export const archivePackageView = (row: ArchivePackageEntity): z.input<typeof ArchivePackageView> => ({
  packageId: row.id,
  kind: row.kind,
  dossierId: row.dossierId,
  objectId: row.objectId,
  sha256: row.sha256,
  sizeBytes: row.sizeBytes,
  createdAt: row.createdAt,
  lockedAt: row.lockedAt,
});
