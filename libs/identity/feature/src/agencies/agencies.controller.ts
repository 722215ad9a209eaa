import { Controller, Inject } from '@nestjs/common';
import {
  AgencyClosed,
  AgencyCodeMalformed,
  AgencyCodeTaken,
  AgencyNotFound,
  AgencyOutsideSubtree,
  HostRefused,
  UnitExists,
} from '@qlvb/identity-domain';
import { operation, Operation, pageOf } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { z } from 'zod';
import {
  AgencyCodesView,
  AgencyInput,
  AgencyQuery,
  AgencyView,
  HostsView,
  UnitInput,
  UnitQuery,
  UnitView,
} from './agencies.dto.ts';
import { AgenciesService } from './agencies.service.ts';

const params = z.object({ agencyId: z.uuid() });

const list = operation({
  id: 'listAgencies',
  method: 'GET',
  path: '/agencies',
  tag: 'agencies',
  summary: { vi: 'Danh mục cơ quan', en: 'Catalogue of agencies' },
  permission: 'agencies.read',
  query: AgencyQuery,
  response: { status: 200, schema: pageOf(AgencyView) },
});

const get = operation({
  id: 'getAgency',
  method: 'GET',
  path: '/agencies/:agencyId',
  tag: 'agencies',
  summary: { vi: 'Một cơ quan', en: 'One agency' },
  permission: 'agencies.read',
  params,
  response: { status: 200, schema: AgencyView },
  problems: [AgencyNotFound],
});

const create = operation({
  id: 'addAgency',
  method: 'POST',
  path: '/agencies',
  tag: 'agencies',
  summary: { vi: 'Thêm cơ quan trực thuộc', en: 'Add an agency below one’s own' },
  permission: 'agencies.manage',
  idempotent: true,
  body: AgencyInput,
  response: { status: 201, schema: AgencyView },
  problems: [AgencyCodeMalformed, AgencyCodeTaken, AgencyNotFound, AgencyOutsideSubtree, AgencyClosed, HostRefused],
});

const codes = operation({
  id: 'listAgencyCodes',
  method: 'GET',
  path: '/agencies/:agencyId/codes',
  tag: 'agencies',
  summary: { vi: 'Các mã định danh của cơ quan', en: 'Codes of an agency' },
  permission: 'agencies.read',
  params,
  response: { status: 200, schema: AgencyCodesView },
  problems: [AgencyNotFound],
});

const units = operation({
  id: 'listUnits',
  method: 'GET',
  path: '/agencies/:agencyId/units',
  tag: 'agencies',
  summary: { vi: 'Đơn vị của cơ quan', en: 'Units of the agency' },
  permission: 'agencies.read',
  params,
  query: UnitQuery,
  response: { status: 200, schema: pageOf(UnitView) },
  problems: [AgencyNotFound],
});

const addUnit = operation({
  id: 'addUnit',
  method: 'POST',
  path: '/agencies/:agencyId/units',
  tag: 'agencies',
  summary: { vi: 'Thêm đơn vị', en: 'Add a unit' },
  permission: 'agencies.manage',
  idempotent: true,
  params,
  body: UnitInput,
  response: { status: 201, schema: UnitView },
  problems: [AgencyNotFound, UnitExists],
});

const hosts = operation({
  id: 'listHosts',
  method: 'GET',
  path: '/hosts',
  tag: 'agencies',
  summary: { vi: 'Tên miền truy cập và các cơ quan của nó', en: 'Hosts and the agencies behind them' },
  public: true,
  response: { status: 200, schema: HostsView },
});

@Controller()
export class AgenciesController {
  constructor(@Inject(AgenciesService) private readonly agencies: AgenciesService) {}

  @Operation(list)
  list({ query }: Input<typeof list>) {
    return this.agencies.list(query);
  }

  @Operation(get)
  get({ params }: Input<typeof get>) {
    return this.agencies.get(params.agencyId);
  }

  @Operation(create)
  create({ body, actor }: Input<typeof create>) {
    return this.agencies.create(body, actor);
  }

  @Operation(codes)
  codes({ params }: Input<typeof codes>) {
    return this.agencies.codes(params.agencyId);
  }

  @Operation(units)
  units({ params, query, actor }: Input<typeof units>) {
    return this.agencies.units(params.agencyId, query, actor);
  }

  @Operation(hosts)
  hosts(_input: Input<typeof hosts>) {
    return this.agencies.hosts();
  }

  @Operation(addUnit)
  addUnit({ params, body, actor }: Input<typeof addUnit>) {
    return this.agencies.addUnit(params.agencyId, body, actor);
  }
}
