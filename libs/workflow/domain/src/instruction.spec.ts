import type { DomainError } from '@qlvb/shared-domain';
import { assertInstruction, assertRegistered, assertTakesPlace, instructedTasks } from './instruction.ts';
import type { Assignee, Instruction } from './instruction.ts';

const lead: Assignee = { kind: 'person', id: 'u-1', part: 'lead' };
const second: Assignee = { kind: 'unit', id: 'unit-2', part: 'co_handler' };
const third: Assignee = { kind: 'person', id: 'u-3', part: 'co_handler' };
const instruction: Instruction = {
  assignees: [lead, second, third, { kind: 'person', id: 'u-4', part: 'informed' }],
  direction: 'Chủ trì tham mưu triển khai Quyết định',
  handlingStatus: 'assigned',
  dueAt: new Date('2026-09-09T16:59:59Z'),
};

const refusal = (change: Partial<Instruction>): DomainError | undefined => {
  try {
    assertInstruction({ ...instruction, ...change });
  } catch (error) {
    return error as DomainError;
  }
  return undefined;
};

describe('instruction', () => {
  it('NĐ30-A23-3: has exactly one lead and any number of co-handlers', () => {
    expect(refusal({})).toBeUndefined();
    expect(refusal({ assignees: [lead] })).toBeUndefined();
    expect(refusal({ assignees: [second, third] })?.code).toBe('workflow.not-exactly-one-lead');
    expect(refusal({ assignees: [lead, { ...third, part: 'lead' }] })?.code).toBe('workflow.not-exactly-one-lead');
    expect(refusal({ assignees: [lead, { ...lead, part: 'co_handler' }] })?.code).toBe('workflow.assignee-twice');
  });

  it.each([
    ['/body/leadPostId', { assignees: [] }],
    ['/body/text', { direction: '  ' }],
    ['/body', { handlingStatus: undefined }],
    ['/body/dueOn', { dueAt: undefined }],
  ])('NĐ30-A23-4: is incomplete without %s', (pointer, change) => {
    expect(refusal(change)?.faults.map((fault) => fault.pointer)).toEqual([pointer]);
  });

  it('NĐ30-A23-3: makes one task for the lead and one for each co-handler', () => {
    expect(instructedTasks(instruction).map(({ task, assignee }) => `${task} ${assignee.id}`)).toEqual([
      'handle u-1',
      'co_handle unit-2',
      'co_handle u-3',
    ]);
  });

  it('NĐ30-A23-3: takes the place of the one under which work goes on, and of no other', () => {
    assertTakesPlace(undefined, undefined);
    assertTakesPlace('i-1', 'i-1');
    for (const [current, replaces] of [
      ['i-1', undefined],
      ['i-2', 'i-1'],
      [undefined, 'i-1'],
    ] as const) {
      expect(() => assertTakesPlace(current, replaces)).toThrow('already-directed');
    }
  });

  it('NĐ30-A22-1: no task comes from an unregistered document', () => {
    assertRegistered({ arrivalNumber: 1 });
    expect(() => {
      assertRegistered({});
    }).toThrow('document-not-registered');
  });
});
