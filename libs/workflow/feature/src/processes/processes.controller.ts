import { Controller } from '@nestjs/common';
import { operation, Operation } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { INCOMING_DOCUMENT_PROCESS, OUTGOING_DOCUMENT_PROCESS } from '@qlvb/workflow-domain';
import type { ProcessDefinition } from '@qlvb/workflow-domain';
import { z } from 'zod';

const DefinitionView = z
  .object({
    key: z.string(),
    version: z.int(),
    name: z.string(),
    initial: z.string(),
    final: z.array(z.string()),
    roles: z.array(z.string()),
    states: z.array(
      z.object({
        state: z.string(),
        tasks: z.array(
          z.object({ task: z.string(), name: z.string(), role: z.string(), due: z.string(), source: z.string() }),
        ),
      }),
    ),
    transitions: z.array(z.object({ from: z.string(), trigger: z.string(), to: z.string() })),
  })
  .meta({ id: 'ProcessDefinition' });

const list = operation({
  id: 'listProcessDefinitions',
  method: 'GET',
  path: '/process-definitions',
  tag: 'processes',
  summary: { vi: 'Quy trình xử lý', en: 'Process definitions' },
  permission: 'process-definitions.read',
  response: { status: 200, schema: z.object({ items: z.array(DefinitionView) }) },
});

@Controller()
export class ProcessesController {
  @Operation(list)
  list(_input: Input<typeof list>) {
    return { items: [OUTGOING_DOCUMENT_PROCESS, INCOMING_DOCUMENT_PROCESS].map(view) };
  }
}

const view = (definition: ProcessDefinition): z.input<typeof DefinitionView> => ({
  key: definition.key,
  version: definition.version,
  name: definition.vi,
  initial: definition.initial,
  final: [...definition.final],
  roles: [...definition.roles],
  states: Object.entries(definition.tasks).map(([state, tasks]) => ({
    state,
    tasks: tasks.map(({ task, vi, role, due, source }) => ({
      task,
      name: vi,
      role,
      due: typeof due === 'string' ? due : `${due.workingDays} working days`,
      source,
    })),
  })),
  transitions: definition.transitions.map(({ from, on, to }) => ({ from, trigger: on, to })),
});
