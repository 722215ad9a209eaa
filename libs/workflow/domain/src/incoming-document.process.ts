import type { ProcessDefinition } from './process-definition.ts';

type State = 'arrived' | 'rejected' | 'accepted' | 'presented' | 'assigned' | 'in_progress' | 'completed';
type Role = 'clerk' | 'leader';
type Trigger = 'accepted' | 'rejected' | 'presented' | 'instructed' | 'handling_started' | 'handling_completed';

/**
 * Handling of an incoming document. From the leader's instruction on, the tasks are those of the lead handler and the
 * co-handlers that the instruction names.
 *
 * @source NĐ30-A21-1
 * @source NĐ30-A22-1
 * @source NĐ30-A23-1
 * @source NĐ30-A23-3
 */
export const INCOMING_DOCUMENT_PROCESS: ProcessDefinition<State, Role, Trigger> = {
  key: 'incoming-document',
  version: 1,
  initial: 'arrived',
  final: ['rejected', 'completed'],
  roles: ['clerk', 'leader'],
  // prettier-ignore
  tasks: {
    arrived:     [{ task: 'check_arrival', role: 'clerk',  due: 'presentation',     source: 'NĐ30-A21-1' }],
    rejected:    [],
    accepted:    [{ task: 'present',       role: 'clerk',  due: 'presentation',     source: 'NĐ30-A23-1', completes: 'presented' }],
    presented:   [{ task: 'instruct',      role: 'leader', due: { workingDays: 1 }, source: 'NĐ30-A23-3' }],
    assigned:    [],
    in_progress: [],
    completed:   [],
  },
  // prettier-ignore
  transitions: [
    { from: 'arrived',     on: 'accepted',           to: 'accepted' },
    { from: 'arrived',     on: 'rejected',           to: 'rejected' },
    { from: 'accepted',    on: 'presented',          to: 'presented' },
    { from: 'presented',   on: 'instructed',         to: 'assigned' },
    { from: 'assigned',    on: 'instructed',         to: 'assigned' },
    { from: 'assigned',    on: 'handling_started',   to: 'in_progress' },
    { from: 'in_progress', on: 'handling_started',   to: 'in_progress' },
    { from: 'in_progress', on: 'instructed',         to: 'in_progress' },
    { from: 'in_progress', on: 'handling_completed', to: 'completed' },
  ],
};
