import { INCOMING_DOCUMENT_PROCESS } from './incoming-document.process.ts';
import { OUTGOING_DOCUMENT_PROCESS } from './outgoing-document.process.ts';
import { advanceProcess, definitionFaults, startProcess } from './process-definition.ts';
import type { ProcessDefinition } from './process-definition.ts';

const walk = (definition: ProcessDefinition, ...triggers: string[]): string =>
  triggers.reduce((state, trigger) => advanceProcess(definition, state, trigger).state, definition.initial);

describe('process definitions', () => {
  it.each([OUTGOING_DOCUMENT_PROCESS, INCOMING_DOCUMENT_PROCESS])('$key is sound', (definition) => {
    expect(definitionFaults(definition)).toEqual([]);
  });

  it('finds what makes a definition unusable', () => {
    const task = {
      task: 'issue',
      role: 'leader',
      due: { workingDays: 1 },
      source: 'x',
      completes: 'gone',
    } as const;
    const broken: ProcessDefinition = {
      key: 'outgoing-document',
      version: 1,
      initial: 'a',
      final: ['c'],
      roles: ['clerk'],
      tasks: { a: [task], b: [], c: [], d: [] },
      transitions: [
        { from: 'a', on: 'go', to: 'b' },
        { from: 'a', on: 'go', to: 'c' },
        { from: 'c', on: 'go', to: 'e' },
      ],
    };
    expect(definitionFaults(broken).sort()).toEqual([
      'ambiguous: a on go',
      'leaves final c',
      'stuck in b',
      'stuck in d',
      'task issue completes nothing in a',
      'task issue for unknown role leader',
      'unknown state e',
      'unreachable: d',
    ]);
  });
});

describe('outgoing document', () => {
  const process = OUTGOING_DOCUMENT_PROCESS;

  it('NĐ30-A14-1: opens the tasks of each step in order', () => {
    expect(startProcess(process).opens.map(({ task, role }) => `${task} ${role}`)).toEqual(['draft drafter']);
    const tasks: string[] = [];
    let state: string = process.initial;
    for (const trigger of [
      'draft_submitted',
      'content_approved',
      'layout_approved',
      'personally_signed',
      'registered',
      'agency_signed',
    ]) {
      const step = advanceProcess(process, state, trigger);
      tasks.push(...step.opens.map(({ task }) => task));
      state = step.state;
    }
    expect(tasks).toEqual(['check_content', 'check_layout', 'sign', 'number', 'agency_sign', 'issue']);
    expect(advanceProcess(process, state, 'issued')).toMatchObject({ state: 'issued', finished: true, opens: [] });
  });

  it('NĐ30-A10-4: a return of a later step goes to the unit head, who passes it to the drafter', () => {
    const returned = advanceProcess(process, 'awaiting_signature', 'draft_returned');
    expect(returned.opens.map(({ role }) => role)).toEqual(['unit_head']);
    expect(advanceProcess(process, returned.state, 'passed_to_drafter').opens.map(({ role }) => role)).toEqual([
      'drafter',
    ]);
    expect(walk(process, 'draft_submitted', 'draft_returned')).toBe('drafting');
  });

  it('NĐ30-A11-2: a revised draft stays with the signer and opens no second task', () => {
    expect(advanceProcess(process, 'awaiting_signature', 'draft_revised')).toMatchObject({ left: false, opens: [] });
    expect(advanceProcess(process, 'signed', 'draft_revised').opens.map(({ task }) => task)).toEqual(['sign']);
  });

  it('refuses an event that the step does not expect', () => {
    expect(() => walk(process, 'issued')).toThrow('trigger-not-expected');
  });
});

describe('incoming document', () => {
  const process = INCOMING_DOCUMENT_PROCESS;

  it('NĐ30-A22-1: nobody instructs or handles before registration', () => {
    for (const trigger of ['presented', 'instructed', 'handling_started']) {
      expect(() => walk(process, trigger)).toThrow('trigger-not-expected');
    }
    expect(
      walk(
        process,
        'accepted',
        'presented',
        'instructed',
        'handling_started',
        'handling_started',
        'handling_completed',
      ),
    ).toBe('completed');
  });

  it('NĐ30-A23-1: the clerk presents, then the leader instructs', () => {
    expect(advanceProcess(process, 'arrived', 'accepted').opens[0]).toMatchObject({
      role: 'clerk',
      due: 'presentation',
    });
    expect(advanceProcess(process, 'accepted', 'presented').opens[0]).toMatchObject({ role: 'leader' });
  });
});
