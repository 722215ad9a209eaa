import type { Bilingual, ProblemFactory } from './problem.ts';

/** One row of a life: who may do which act in which state, and where it leads. */
export interface Transition<State extends string, Act extends string, Role extends string> {
  readonly from: State;
  readonly act: Act;
  readonly to: State;
  readonly by: Role;
  /** Id of the rule behind it, as in the catalogue of rules. */
  readonly source?: string;
}

/** A table of transitions, how its words are said to people, and what is thrown for an act that it does not have. */
export interface Life<State extends string, Act extends string, Role extends string> {
  readonly transitions: readonly Transition<State, Act, Role>[];
  readonly labels: {
    readonly acts: Readonly<Record<Act, Bilingual>>;
    readonly states: Readonly<Record<State, Bilingual>>;
    readonly roles: Readonly<Record<Role, Bilingual>>;
  };
  /** For a thing at another step; told `{act}` and `{state}`. */
  readonly notAllowed: ProblemFactory;
  /** For a step of somebody else; told `{act}` and `{role}`. */
  readonly notYours: ProblemFactory;
}

/** The life of a thing as a table: the only place where a state follows from an act. */
export class StateMachine<State extends string, Act extends string, Role extends string> {
  // Written out: workers load this file with its types only stripped.
  readonly #life: Life<State, Act, Role>;

  constructor(life: Life<State, Act, Role>) {
    this.#life = life;
  }

  /**
   * The state after `act`.
   *
   * @param roles capacities of the actor on this thing
   * @throws the life's problems
   */
  perform(state: State, act: Act, roles: readonly Role[]): State {
    const { transitions, labels, notAllowed, notYours } = this.#life;
    const row = transitions.find(({ from, act: other }) => from === state && other === act);
    if (!row) throw notAllowed({ act: labels.acts[act], state: labels.states[state] });
    if (!roles.includes(row.by)) throw notYours({ act: labels.acts[act], role: labels.roles[row.by] });
    return row.to;
  }

  /** What a person with these capacities may do now, in the order of the table. */
  possible(state: State, roles: readonly Role[]): readonly Act[] {
    return this.#life.transitions.filter(({ from, by }) => from === state && roles.includes(by)).map(({ act }) => act);
  }
}
