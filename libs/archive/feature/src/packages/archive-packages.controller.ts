import { Controller, Inject } from '@nestjs/common';
import { operation, Operation, pageOf } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { JobView } from '@qlvb/platform-jobs';
import { FileBytesLost } from '@qlvb/platform-storage';
import { z } from 'zod';
import { ArchivePackageNotFound, OnlyAcceptedIsLocked } from '../archive.problems.ts';
import { ArchivePackageQuery, ArchivePackageView } from './archive-packages.dto.ts';
import { ArchivePackagesService } from './archive-packages.service.ts';

const packages = operation({
  id: 'listArchivePackages',
  method: 'GET',
  path: '/archive-packages',
  tag: 'archive-packages',
  summary: { vi: 'Gói tin lưu trữ', en: 'Archive packages' },
  permission: 'archive-packages.read',
  query: ArchivePackageQuery,
  response: { status: 200, schema: pageOf(ArchivePackageView) },
});

const content = operation({
  id: 'downloadArchivePackage',
  method: 'GET',
  path: '/archive-packages/:packageId/content',
  tag: 'archive-packages',
  summary: { vi: 'Nội dung gói tin (ZIP)', en: 'Content of a package (ZIP)' },
  permission: 'archive-packages.read',
  params: z.object({ packageId: z.uuid() }),
  download: { mediaTypes: ['application/zip'] },
  problems: [ArchivePackageNotFound, FileBytesLost],
});

const lock = operation({
  id: 'lockArchivePackage',
  method: 'POST',
  path: '/archive-packages/:packageId/locks',
  tag: 'archive-packages',
  summary: { vi: 'Khóa lại gói tin lưu trữ', en: 'Have an archive package locked again' },
  permission: 'submissions.decide',
  idempotent: true,
  params: z.object({ packageId: z.uuid() }),
  response: { status: 202, schema: JobView },
  problems: [ArchivePackageNotFound, OnlyAcceptedIsLocked],
});

@Controller()
export class ArchivePackagesController {
  constructor(@Inject(ArchivePackagesService) private readonly archivePackages: ArchivePackagesService) {}

  @Operation(packages)
  packages({ query, actor }: Input<typeof packages>) {
    return this.archivePackages.list(query, actor);
  }

  @Operation(content)
  content({ params: { packageId }, actor }: Input<typeof content>) {
    return this.archivePackages.content(packageId, actor);
  }

  @Operation(lock)
  lock({ params: { packageId }, actor }: Input<typeof lock>) {
    return this.archivePackages.lock(packageId, actor);
  }
}
