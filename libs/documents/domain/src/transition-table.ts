/** One row of a transition table: who may do which act in which state, where it leads, and the rule behind it. */
export interface TransitionRow<State extends string, Act extends string, Role extends string> {
  readonly act: Act;
  readonly from: State;
  readonly to: State;
  readonly by: Role;
  /** Id of the rule, as in the catalogue of rules. */
  readonly source: string;
}

/** The rows that leave `state`, in the order of the table. */
export function rowsFrom<S extends string, A extends string, R extends string>(
  table: readonly TransitionRow<S, A, R>[],
  state: S,
): readonly TransitionRow<S, A, R>[] {
  return table.filter((row) => row.from === state);
}

/** The row for `act` in `state`; undefined when the table has none. */
export function findRow<S extends string, A extends string, R extends string>(
  table: readonly TransitionRow<S, A, R>[],
  state: S,
  act: A,
): TransitionRow<S, A, R> | undefined {
  return table.find((row) => row.from === state && row.act === act);
}
