import { Controller, Inject } from '@nestjs/common';
import { PostUnknown } from '@qlvb/directory';
import { DecisionNotOpen, PackageContentWithheld, PackageNotFound, RefusalReasonMissing } from '@qlvb/exchange-domain';
import { operation, Operation, pageOf } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { FileBytesLost } from '@qlvb/platform-storage';
import { z } from 'zod';
import {
  DecisionInput,
  ReceivedPackageDetail,
  ReceivedPackageQuery,
  ReceivedPackageView,
} from './received-packages.dto.ts';
import { ReceivedPackagesService } from './received-packages.service.ts';

const tag = 'received-packages';
const params = z.object({ packageId: z.uuid() });

const list = operation({
  id: 'listReceivedPackages',
  method: 'GET',
  path: '/received-packages',
  tag,
  summary: { vi: 'Gói tin đã nhận; gói tin đang chờ nằm trên bàn văn thư', en: 'Packages received' },
  permission: 'packages.read',
  query: ReceivedPackageQuery,
  response: { status: 200, schema: pageOf(ReceivedPackageView) },
});

const get = operation({
  id: 'getReceivedPackage',
  method: 'GET',
  path: '/received-packages/:packageId',
  tag,
  summary: { vi: 'Một gói tin đã nhận', en: 'One package that was received' },
  permission: 'packages.read',
  params,
  response: { status: 200, schema: ReceivedPackageDetail },
  problems: [PackageNotFound],
});

const content = operation({
  id: 'downloadReceivedPackage',
  method: 'GET',
  path: '/received-packages/:packageId/content',
  tag,
  summary: { vi: 'Nội dung gói tin như khi đến', en: 'The package as it came' },
  permission: 'packages.read',
  params,
  download: { mediaTypes: ['application/xml'] },
  problems: [PackageNotFound, PackageContentWithheld, FileBytesLost],
});

const decide = operation({
  id: 'decideReceivedPackage',
  method: 'POST',
  path: '/received-packages/:packageId/decisions',
  tag,
  summary: { vi: 'Quyết định về gói tin đang chờ', en: 'Decide on a package that waits' },
  permission: 'received-packages.decide',
  idempotent: true,
  params,
  body: DecisionInput,
  response: { status: 201, schema: ReceivedPackageDetail },
  problems: [PackageNotFound, DecisionNotOpen, RefusalReasonMissing, PostUnknown],
});

@Controller()
export class ReceivedPackagesController {
  constructor(@Inject(ReceivedPackagesService) private readonly packages: ReceivedPackagesService) {}

  @Operation(list)
  list({ query }: Input<typeof list>) {
    return this.packages.list(query);
  }

  @Operation(get)
  get({ params: { packageId } }: Input<typeof get>) {
    return this.packages.get(packageId);
  }

  @Operation(content)
  content({ params: { packageId } }: Input<typeof content>) {
    return this.packages.content(packageId);
  }

  @Operation(decide)
  decide({ params: { packageId }, body }: Input<typeof decide>) {
    return this.packages.decide(packageId, body);
  }
}
