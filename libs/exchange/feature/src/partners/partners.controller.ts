import { Controller, Inject } from '@nestjs/common';
import { operation, Operation, pageOf, pageQuery } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { z } from 'zod';
import { PartnersService } from './partners.service.ts';

const PartnerView = z
  .object({ agencyId: z.uuid(), agencyCode: z.string(), legacyCode: z.string().nullable(), name: z.string() })
  .meta({ id: 'Partner' });

const list = operation({
  id: 'listPartners',
  method: 'GET',
  path: '/partners',
  tag: 'packages',
  summary: { vi: 'Cơ quan có thể gửi đến', en: 'Agencies that can be sent to' },
  permission: 'partners.read',
  query: z.object({ ...pageQuery }),
  response: { status: 200, schema: pageOf(PartnerView) },
});

@Controller()
export class PartnersController {
  constructor(@Inject(PartnersService) private readonly partners: PartnersService) {}

  @Operation(list)
  list({ query }: Input<typeof list>) {
    return this.partners.list(query);
  }
}
