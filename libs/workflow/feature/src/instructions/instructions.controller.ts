import { Controller, Inject } from '@nestjs/common';
import { PostUnknown } from '@qlvb/directory';
import { DutiesNotSeparate } from '@qlvb/platform-auth';
import { operation, Operation, pageOf } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import {
  AlreadyDirected,
  AssigneeCannotHandle,
  AssigneeTwice,
  DeadlineNotAcceptable,
  DocumentNotRegistered,
  InstructionIncomplete,
  NotExactlyOneLead,
  TriggerNotExpected,
} from '@qlvb/workflow-domain';
import { DocumentNotFound } from '../workflow.problems.ts';
import { InstructionInput, InstructionQuery, InstructionView } from './instructions.dto.ts';
import { InstructionsService } from './instructions.service.ts';

const tag = 'instructions';

const issue = operation({
  id: 'issueInstruction',
  method: 'POST',
  path: '/instructions',
  tag,
  summary: { vi: 'Cho ý kiến chỉ đạo', en: 'Direct an incoming document' },
  permission: 'instructions.issue',
  idempotent: true,
  body: InstructionInput,
  response: { status: 201, schema: InstructionView },
  problems: [
    DocumentNotFound,
    DocumentNotRegistered,
    AlreadyDirected,
    AssigneeCannotHandle,
    InstructionIncomplete,
    NotExactlyOneLead,
    AssigneeTwice,
    DeadlineNotAcceptable,
    TriggerNotExpected,
    PostUnknown,
    DutiesNotSeparate,
  ],
});

const list = operation({
  id: 'listInstructions',
  method: 'GET',
  path: '/instructions',
  tag,
  summary: { vi: 'Ý kiến chỉ đạo của một văn bản', en: 'Instructions on a document' },
  permission: 'tasks.read',
  query: InstructionQuery,
  response: { status: 200, schema: pageOf(InstructionView) },
});

@Controller()
export class InstructionsController {
  constructor(@Inject(InstructionsService) private readonly instructions: InstructionsService) {}

  @Operation(issue)
  issue({ body }: Input<typeof issue>) {
    return this.instructions.issue(body);
  }

  @Operation(list)
  list({ query, actor }: Input<typeof list>) {
    return this.instructions.list(query, actor);
  }
}
