import { Controller, Inject } from '@nestjs/common';
import { NotationTaken } from '@qlvb/archive-domain';
import { DutiesNotSeparate } from '@qlvb/platform-auth';
import { operation, Operation, pageOf } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { z } from 'zod';
import { DossierListNotFound, ListYearTaken } from '../archive.problems.ts';
import { DossierListInput, DossierListQuery, DossierListView } from './dossier-lists.dto.ts';
import { DossierListsService } from './dossier-lists.service.ts';

const tag = 'dossier-lists';
const params = z.object({ listId: z.uuid() });

const create = operation({
  id: 'addDossierList',
  method: 'POST',
  path: '/dossier-lists',
  tag,
  summary: { vi: 'Lập danh mục hồ sơ của năm', en: 'Make the list of dossiers of a year' },
  permission: 'dossier-lists.manage',
  idempotent: true,
  body: DossierListInput,
  response: { status: 201, schema: DossierListView },
  problems: [ListYearTaken, NotationTaken],
});

const approve = operation({
  id: 'approveDossierList',
  method: 'POST',
  path: '/dossier-lists/:listId/approvals',
  tag,
  summary: { vi: 'Phê duyệt danh mục hồ sơ', en: 'Approve a list of dossiers' },
  permission: 'dossier-lists.approve',
  idempotent: true,
  params,
  response: { status: 201, schema: DossierListView },
  problems: [DossierListNotFound, DutiesNotSeparate],
});

const list = operation({
  id: 'listDossierLists',
  method: 'GET',
  path: '/dossier-lists',
  tag,
  summary: { vi: 'Các danh mục hồ sơ', en: 'Lists of dossiers' },
  permission: 'dossier-lists.read',
  query: DossierListQuery,
  response: { status: 200, schema: pageOf(DossierListView) },
});

@Controller()
export class DossierListsController {
  constructor(@Inject(DossierListsService) private readonly lists: DossierListsService) {}

  @Operation(create)
  create({ body }: Input<typeof create>) {
    return this.lists.add(body);
  }

  @Operation(approve)
  approve({ params: { listId }, actor }: Input<typeof approve>) {
    return this.lists.approve(listId, actor);
  }

  @Operation(list)
  list({ query }: Input<typeof list>) {
    return this.lists.list(query);
  }
}
