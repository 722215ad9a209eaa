import { Controller } from '@nestjs/common';
import {
  codesOf,
  DUE_RULE_LABELS,
  PROCESS_LABELS,
  PROCESS_ROLE_LABELS,
  PROCESS_STATE_LABELS,
  PROCESS_TRIGGER_LABELS,
  TASK_STEP_LABELS,
} from '@qlvb/contracts';
import { keysetPage, operation, Operation, pageOf, pageQuery, say } from '@qlvb/platform-http';
import type { Input } from '@qlvb/platform-http';
import { INCOMING_DOCUMENT_PROCESS, OUTGOING_DOCUMENT_PROCESS } from '@qlvb/workflow-domain';
import type { TaskDefinition } from '@qlvb/workflow-domain';
import { z } from 'zod';

const state = codesOf(PROCESS_STATE_LABELS);
const role = codesOf(PROCESS_ROLE_LABELS);

const DefinitionView = z
  .object({
    key: codesOf(PROCESS_LABELS),
    version: z.int(),
    name: z.string(),
    initial: state,
    final: z.array(state),
    roles: z.array(role),
    states: z.array(
      z.object({
        state,
        tasks: z.array(
          z.object({
            task: codesOf(TASK_STEP_LABELS),
            name: z.string(),
            role,
            dueRule: codesOf(DUE_RULE_LABELS),
            dueInWorkingDays: z.int().nullable(),
            source: z.string(),
          }),
        ),
      }),
    ),
    transitions: z.array(z.object({ from: state, trigger: codesOf(PROCESS_TRIGGER_LABELS), to: state })),
  })
  .meta({ id: 'ProcessDefinition' });

const list = operation({
  id: 'listProcessDefinitions',
  method: 'GET',
  path: '/process-definitions',
  tag: 'processes',
  summary: { vi: 'Quy trình xử lý', en: 'Process definitions' },
  permission: 'process-definitions.read',
  query: z.object(pageQuery),
  response: { status: 200, schema: pageOf(DefinitionView) },
});

const DEFINITIONS = [INCOMING_DOCUMENT_PROCESS, OUTGOING_DOCUMENT_PROCESS];
type Definition = (typeof DEFINITIONS)[number];

@Controller()
export class ProcessesController {
  /** By their keys. */
  @Operation(list)
  async list({ query }: Input<typeof list>) {
    const page = await keysetPage(query, {
      scope: {},
      keys: z.tuple([z.string()]),
      keysOf: ({ key }: Definition) => [key],
      query: (after) => {
        const rows = DEFINITIONS.filter(({ key }) => key > (after?.[0] ?? ''));
        return {
          take: (most) => Promise.resolve(rows.slice(0, most)),
          count: (most) => Promise.resolve(Math.min(rows.length, most)),
        };
      },
    });
    return { ...page, items: page.items.map(view) };
  }
}

const view = (definition: Definition): z.input<typeof DefinitionView> => ({
  key: definition.key,
  version: definition.version,
  name: say(PROCESS_LABELS[definition.key]),
  initial: definition.initial,
  final: [...definition.final],
  roles: [...definition.roles],
  states: Object.entries<readonly TaskDefinition<z.output<typeof role>>[]>(definition.tasks).map(([name, tasks]) => ({
    state: state.parse(name),
    tasks: tasks.map(({ task, role: holder, due, source }) => ({
      task,
      name: say(TASK_STEP_LABELS[task]),
      role: holder,
      dueRule: typeof due === 'string' ? due : ('working-days' as const),
      dueInWorkingDays: typeof due === 'string' ? null : due.workingDays,
      source,
    })),
  })),
  transitions: definition.transitions.map(({ from, on, to }) => ({ from, trigger: on, to })),
});
