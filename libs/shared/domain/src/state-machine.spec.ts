import { defineProblem } from './problem.ts';
import { StateMachine } from './state-machine.ts';

const say = (word: string) => ({ vi: word, en: word });
const problem = (code: string, en: string) =>
  defineProblem({ code: `test.${code}`, kind: 'conflict', title: say(code), detail: { vi: en, en } });
const door = new StateMachine<'open' | 'shut', 'close' | 'lock' | 'unlock', 'guest' | 'porter'>({
  transitions: [
    { from: 'open', act: 'close', to: 'shut', by: 'guest' },
    { from: 'open', act: 'lock', to: 'shut', by: 'porter' },
    { from: 'shut', act: 'unlock', to: 'open', by: 'porter' },
  ],
  labels: {
    acts: { close: say('closing'), lock: say('locking'), unlock: say('unlocking') },
    states: { open: say('wide open'), shut: say('shut') },
    roles: { guest: say('a guest'), porter: say('the porter') },
  },
  notAllowed: problem('door-not-at-this-step', '{act} while {state}'),
  notYours: problem('door-not-yours', '{act} is for {role}'),
});

describe('state machine', () => {
  it('leads where the table says, for one of the capacities', () => {
    expect(door.perform('open', 'close', ['porter', 'guest'])).toBe('shut');
    expect(door.perform('shut', 'unlock', ['porter'])).toBe('open');
  });

  it('says in labels what is not possible now, before whose it is', () => {
    expect(() => door.perform('shut', 'lock', [])).toThrow('door-not-at-this-step: locking while shut');
    expect(() => door.perform('shut', 'unlock', ['guest'])).toThrow('door-not-yours: unlocking is for the porter');
  });

  it('lists the acts of the capacities in the order of the table', () => {
    expect(door.possible('open', ['porter', 'guest'])).toEqual(['close', 'lock']);
    expect(door.possible('shut', ['guest'])).toEqual([]);
  });
});
