import { Controller, Inject } from '@nestjs/common';
import { PostUnknown } from '@qlvb/directory';
import { DutiesNotSeparate } from '@qlvb/platform-auth';
import { operation, Operation, pageOf } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { z } from 'zod';
import { DossierNotFound } from '../archive.problems.ts';
import { DossierRightEndInput, DossierRightInput, DossierRightQuery, DossierRightView } from './dossier-rights.dto.ts';
import {
  DossierAccessAlreadyHeld,
  DossierAccessEndPast,
  DossierAccessNotForAdministrators,
  DossierAccessNotYoursToChange,
  DossierRightDecided,
  DossierRightNeeded,
  DossierRightNotFound,
} from './dossier-rights.problems.ts';
import { DossierRights } from './dossier-rights.service.ts';

const tag = 'dossiers';
const dossierParams = z.object({ dossierId: z.uuid() });
const params = z.object({ accessRightId: z.uuid() });
const permission = 'dossiers.manage';
const created = { status: 201, schema: DossierRightView };
const deciding = [DossierRightNotFound, DossierAccessNotYoursToChange, DossierRightDecided, PostUnknown];

const list = operation({
  id: 'listDossierAccess',
  method: 'GET',
  path: '/dossiers/:dossierId/access-rights',
  tag,
  summary: { vi: 'Ai được xem một hồ sơ', en: 'Who may see a dossier' },
  permission,
  params: dossierParams,
  query: DossierRightQuery,
  response: { status: 200, schema: pageOf(DossierRightView) },
  problems: [DossierNotFound, DossierAccessNotYoursToChange],
});

const propose = operation({
  id: 'proposeDossierAccess',
  method: 'POST',
  path: '/dossiers/:dossierId/access-rights',
  tag,
  summary: { vi: 'Đề nghị cho một người xem hồ sơ', en: 'Propose that somebody may see a dossier' },
  permission,
  idempotent: true,
  params: dossierParams,
  body: DossierRightInput,
  response: created,
  problems: [
    DossierNotFound,
    DossierAccessNotYoursToChange,
    DossierAccessNotForAdministrators,
    DossierAccessAlreadyHeld,
    DossierAccessEndPast,
    PostUnknown,
  ],
});

const waiting = operation({
  id: 'listWaitingDossierAccess',
  method: 'GET',
  path: '/dossier-access-rights',
  tag,
  summary: { vi: 'Quyền xem hồ sơ chờ xác nhận', en: 'Access rights to dossiers that wait for a second person' },
  permission,
  query: DossierRightQuery,
  response: { status: 200, schema: pageOf(DossierRightView) },
});

const confirm = operation({
  id: 'confirmDossierAccess',
  method: 'POST',
  path: '/dossier-access-rights/:accessRightId/confirmations',
  tag,
  summary: {
    vi: 'Xác nhận quyền xem hồ sơ do người khác đề nghị',
    en: 'Confirm an access right to a dossier that somebody else proposed',
  },
  permission,
  idempotent: true,
  params,
  response: created,
  problems: [...deciding, DutiesNotSeparate, DossierAccessNotForAdministrators],
});

const refuse = operation({
  id: 'refuseDossierAccess',
  method: 'POST',
  path: '/dossier-access-rights/:accessRightId/refusals',
  tag,
  summary: {
    vi: 'Từ chối quyền xem hồ sơ do người khác đề nghị',
    en: 'Refuse an access right to a dossier that somebody else proposed',
  },
  permission,
  idempotent: true,
  params,
  body: DossierRightEndInput,
  response: created,
  problems: [...deciding, DutiesNotSeparate],
});

const withdraw = operation({
  id: 'withdrawDossierAccess',
  method: 'POST',
  path: '/dossier-access-rights/:accessRightId/withdrawals',
  tag,
  summary: {
    vi: 'Thu hồi quyền xem hồ sơ, có hiệu lực ngay',
    en: 'Withdraw an access right to a dossier at once',
  },
  permission,
  idempotent: true,
  params,
  body: DossierRightEndInput,
  response: created,
  problems: [...deciding, DossierRightNeeded],
});

@Controller()
export class DossierRightsController {
  constructor(@Inject(DossierRights) private readonly rights: DossierRights) {}

  @Operation(list)
  list({ params: { dossierId }, query, actor }: Input<typeof list>) {
    return this.rights.list(dossierId, query, actor);
  }

  @Operation(propose)
  propose({ params: { dossierId }, body, actor }: Input<typeof propose>) {
    return this.rights.propose(dossierId, body, actor);
  }

  @Operation(waiting)
  waiting({ query, actor }: Input<typeof waiting>) {
    return this.rights.waiting(query, actor);
  }

  @Operation(confirm)
  confirm({ params: { accessRightId }, actor }: Input<typeof confirm>) {
    return this.rights.confirm(accessRightId, actor);
  }

  @Operation(refuse)
  refuse({ params: { accessRightId }, body, actor }: Input<typeof refuse>) {
    return this.rights.refuse(accessRightId, body.reason, actor);
  }

  @Operation(withdraw)
  withdraw({ params: { accessRightId }, body, actor }: Input<typeof withdraw>) {
    return this.rights.withdraw(accessRightId, body.reason, actor);
  }
}
