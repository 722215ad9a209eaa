import { Controller, Inject } from '@nestjs/common';
import {
  ActNotYours,
  BadDossierCode,
  BadRetention,
  DocumentAlreadyInDossier,
  DossierActNotAllowed,
  DossierNotReadyToClose,
  ReasonRequired,
} from '@qlvb/archive-domain';
import { operation, Operation, pageOf } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { z } from 'zod';
import { DocumentNotFilable, DossierCodeTaken, DossierListNotFound, DossierNotFound } from '../archive.problems.ts';
import {
  DossierInput,
  DossierQuery,
  DossierView,
  FilableQuery,
  FilableView,
  FilingInput,
  ReasonInput,
} from './dossiers.dto.ts';
import { DossiersService } from './dossiers.service.ts';

const tag = 'dossiers';
const params = z.object({ dossierId: z.uuid() });
const acting = [DossierNotFound, DossierActNotAllowed, ActNotYours];
const response = { status: 201, schema: DossierView };

const open = operation({
  id: 'openDossier',
  method: 'POST',
  path: '/dossiers',
  tag,
  summary: { vi: 'Mở hồ sơ', en: 'Open a dossier' },
  permission: 'dossiers.manage',
  idempotent: true,
  etag: 'returns',
  body: DossierInput,
  response,
  problems: [BadDossierCode, BadRetention, DossierCodeTaken, DossierListNotFound],
});

const list = operation({
  id: 'listDossiers',
  method: 'GET',
  path: '/dossiers',
  tag,
  summary: { vi: 'Hồ sơ của tôi, hoặc tôi theo dõi', en: 'Dossiers that the caller has to do with' },
  permission: 'dossiers.read',
  query: DossierQuery,
  response: { status: 200, schema: pageOf(DossierView) },
});

const filable = operation({
  id: 'listFilableDocuments',
  method: 'GET',
  path: '/dossiers/filable-documents',
  tag,
  summary: { vi: 'Văn bản có thể đưa vào hồ sơ', en: 'Documents that can be filed' },
  permission: 'dossiers.manage',
  query: FilableQuery,
  response: { status: 200, schema: pageOf(FilableView) },
});

const get = operation({
  id: 'getDossier',
  method: 'GET',
  path: '/dossiers/:dossierId',
  tag,
  summary: { vi: 'Một hồ sơ', en: 'One dossier' },
  permission: 'dossiers.read',
  etag: 'returns',
  params,
  response: { status: 200, schema: DossierView },
  problems: [DossierNotFound],
});

const file = operation({
  id: 'fileDocument',
  method: 'POST',
  path: '/dossiers/:dossierId/documents',
  tag,
  summary: { vi: 'Đưa văn bản vào hồ sơ', en: 'File a document' },
  permission: 'dossiers.manage',
  idempotent: true,
  params,
  body: FilingInput,
  response,
  problems: [...acting, DocumentNotFilable, DocumentAlreadyInDossier],
});

const close = operation({
  id: 'closeDossier',
  method: 'POST',
  path: '/dossiers/:dossierId/closures',
  tag,
  summary: { vi: 'Kết thúc hồ sơ', en: 'Close a dossier' },
  permission: 'dossiers.manage',
  idempotent: true,
  params,
  response,
  problems: [...acting, DossierNotReadyToClose],
});

const reopen = operation({
  id: 'reopenDossier',
  method: 'POST',
  path: '/dossiers/:dossierId/reopenings',
  tag,
  summary: { vi: 'Mở lại hồ sơ', en: 'Reopen a dossier' },
  permission: 'dossiers.manage',
  idempotent: true,
  params,
  body: ReasonInput,
  response,
  problems: [...acting, ReasonRequired],
});

@Controller()
export class DossiersController {
  constructor(@Inject(DossiersService) private readonly dossiers: DossiersService) {}

  @Operation(open)
  open({ body, actor }: Input<typeof open>) {
    return this.dossiers.open(body, actor);
  }

  @Operation(list)
  list({ query, actor }: Input<typeof list>) {
    return this.dossiers.list(query, actor);
  }

  @Operation(filable)
  filable({ query, actor }: Input<typeof filable>) {
    return this.dossiers.filable(query, actor);
  }

  @Operation(get)
  get({ params: { dossierId }, actor }: Input<typeof get>) {
    return this.dossiers.get(dossierId, actor);
  }

  @Operation(file)
  file({ params: { dossierId }, body, actor }: Input<typeof file>) {
    return this.dossiers.file(dossierId, body.documentId, actor);
  }

  @Operation(close)
  close({ params: { dossierId }, actor }: Input<typeof close>) {
    return this.dossiers.close(dossierId, actor);
  }

  @Operation(reopen)
  reopen({ params: { dossierId }, body, actor }: Input<typeof reopen>) {
    return this.dossiers.reopen(dossierId, body.reason, actor);
  }
}
