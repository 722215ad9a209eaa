import { Controller, Inject } from '@nestjs/common';
import { NumberingPlanInvalid } from '@qlvb/documents-domain';
import { operation, Operation } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { z } from 'zod';
import { documentKindCode } from '../shapes.ts';
import { NumberingPlans } from './numbering-plans.service.ts';
import type { VersionedPlan } from './numbering-plans.service.ts';

const tag = 'registers';
const params = z.object({ year: z.int().min(2000).max(2100) });
const groups = z
  .array(
    z.object({
      sequence: z
        .string()
        .regex(/^[a-z0-9-]{1,40}$/)
        .describe('Short name of the sequence'),
      kinds: z
        .union([z.literal('*'), z.array(documentKindCode).min(1).max(29)])
        .describe('Codes of the kinds of documents; "*" for all others'),
    }),
  )
  .max(29);

const PlanInput = z.object({ groups }).meta({ id: 'NumberingPlanInput' });
const PlanView = z
  .object({
    year: z.int(),
    version: z.int().describe('Counts the changes; 0 while the agency has decided nothing'),
    groups,
  })
  .meta({ id: 'NumberingPlan' });

const get = operation({
  id: 'getNumberingPlan',
  method: 'GET',
  path: '/numbering-plans/:year',
  tag,
  summary: { vi: 'Quy định đánh số văn bản đi của cơ quan trong năm', en: 'How the agency numbers its documents' },
  permission: ['registers.read', 'agencies.manage'],
  etag: 'returns',
  params,
  response: { status: 200, schema: PlanView },
});

const decide = operation({
  id: 'putNumberingPlan',
  method: 'PUT',
  path: '/numbering-plans/:year',
  tag,
  summary: { vi: 'Quy định đánh số', en: 'Decide how documents are numbered' },
  permission: 'agencies.manage',
  etag: 'requires',
  params,
  body: PlanInput,
  response: { status: 200, schema: PlanView },
  problems: [NumberingPlanInvalid],
});

@Controller()
export class NumberingPlansController {
  constructor(@Inject(NumberingPlans) private readonly plans: NumberingPlans) {}

  @Operation(get)
  async get({ params: { year } }: Input<typeof get>) {
    return view(await this.plans.get(year));
  }

  @Operation(decide)
  async decide({ params: { year }, body, ifMatch }: Input<typeof decide>) {
    return view(await this.plans.decide(year, body.groups, ifMatch));
  }
}

const view = ({ year, version, groups: decided }: VersionedPlan): z.input<typeof PlanView> => ({
  year,
  version,
  groups: decided.map(({ sequence, kinds }) => ({ sequence, kinds: kinds === '*' ? kinds : [...kinds] })),
});
