import { Controller, Inject } from '@nestjs/common';
import { PackageNotFound } from '@qlvb/exchange-domain';
import { operation, Operation, pageOf } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { FileBytesLost } from '@qlvb/platform-storage';
import { z } from 'zod';
import { PackageQuery, PackageView, SentPackagesService } from './sent-packages.service.ts';

const tag = 'packages';
const params = z.object({ packageId: z.uuid() });

const list = operation({
  id: 'listSentPackages',
  method: 'GET',
  path: '/packages',
  tag,
  summary: { vi: 'Gói tin đã gửi', en: 'Packages sent' },
  permission: 'packages.read',
  query: PackageQuery,
  response: { status: 200, schema: pageOf(PackageView) },
});

const get = operation({
  id: 'getSentPackage',
  method: 'GET',
  path: '/packages/:packageId',
  tag,
  summary: { vi: 'Một gói tin đã gửi', en: 'One package that was sent' },
  permission: 'packages.read',
  params,
  response: { status: 200, schema: PackageView },
  problems: [PackageNotFound],
});

const content = operation({
  id: 'downloadSentPackage',
  method: 'GET',
  path: '/packages/:packageId/content',
  tag,
  summary: { vi: 'Nội dung gói tin edXML đã gửi', en: 'The edXML of a package that was sent' },
  permission: 'packages.read',
  params,
  download: { mediaTypes: ['application/xml'] },
  problems: [PackageNotFound, FileBytesLost],
});

@Controller()
export class SentPackagesController {
  constructor(@Inject(SentPackagesService) private readonly packages: SentPackagesService) {}

  @Operation(list)
  list({ query, actor }: Input<typeof list>) {
    return this.packages.list(query, actor);
  }

  @Operation(get)
  get({ params: { packageId }, actor }: Input<typeof get>) {
    return this.packages.get(packageId, actor);
  }

  @Operation(content)
  content({ params: { packageId }, actor }: Input<typeof content>) {
    return this.packages.content(packageId, actor);
  }
}
