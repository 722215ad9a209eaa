import { performTaskAct, TASK_TRANSITIONS } from './task-state.ts';

describe('task', () => {
  it('is started and completed by its assignee', () => {
    expect(performTaskAct('open', 'start', ['assignee'])).toBe('in_progress');
    expect(performTaskAct('in_progress', 'complete', ['assignee'])).toBe('completed');
    expect(() => performTaskAct('open', 'start', ['process'])).toThrow('task-not-yours');
  });

  it('is closed by the process, never by its assignee', () => {
    expect(performTaskAct('in_progress', 'close', ['process'])).toBe('closed');
    expect(() => performTaskAct('open', 'close', ['assignee'])).toThrow('task-not-yours');
  });

  it('ends once', () => {
    for (const state of ['completed', 'closed'] as const) {
      for (const act of ['start', 'complete', 'close'] as const) {
        expect(() => performTaskAct(state, act, ['assignee', 'process'])).toThrow('task-act-not-allowed');
      }
    }
    expect(TASK_TRANSITIONS).toHaveLength(5);
  });
});
