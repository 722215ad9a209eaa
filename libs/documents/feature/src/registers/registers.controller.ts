import { Controller, Inject } from '@nestjs/common';
import { operation, Operation, pageOf } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { z } from 'zod';
import { IncomingRegisterEntry, OutgoingRegisterEntry, RegisterQuery } from './registers.dto.ts';
import { RegistersService } from './registers.service.ts';

const params = z.object({ year: z.int().min(2000).max(2100) });

const outgoing = operation({
  id: 'listOutgoingRegister',
  method: 'GET',
  path: '/registers/outgoing/:year',
  tag: 'registers',
  summary: { vi: 'Sổ đăng ký văn bản đi', en: 'Register of outgoing documents' },
  permission: 'registers.read',
  params,
  query: RegisterQuery,
  response: { status: 200, schema: pageOf(OutgoingRegisterEntry) },
});

const incoming = operation({
  id: 'listIncomingRegister',
  method: 'GET',
  path: '/registers/incoming/:year',
  tag: 'registers',
  summary: { vi: 'Sổ đăng ký văn bản đến', en: 'Register of incoming documents' },
  permission: 'registers.read',
  params,
  query: RegisterQuery,
  response: { status: 200, schema: pageOf(IncomingRegisterEntry) },
});

/** The two registers of a year, by number. */
@Controller()
export class RegistersController {
  constructor(@Inject(RegistersService) private readonly registers: RegistersService) {}

  /** @source NĐ30-A16-1 */
  @Operation(outgoing)
  outgoing({ params: { year }, query, actor }: Input<typeof outgoing>) {
    return this.registers.outgoing(year, query, actor);
  }

  /** @source NĐ30-A22-4 */
  @Operation(incoming)
  incoming({ params: { year }, query, actor }: Input<typeof incoming>) {
    return this.registers.incoming(year, query, actor);
  }
}
