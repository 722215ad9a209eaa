/** One row of a transition table: who may do which act in which state, where it leads, and the rule behind it. */
export interface TransitionRow<State extends string, Act extends string, Role extends string> {
  readonly act: Act;
  readonly from: State;
  readonly to: State;
  readonly by: Role;
  readonly source: string;
}

export function findRow<S extends string, A extends string, R extends string>(
  table: readonly TransitionRow<S, A, R>[],
  state: S,
  act: A,
): TransitionRow<S, A, R> | undefined {
  return table.find((row) => row.from === state && row.act === act);
}
