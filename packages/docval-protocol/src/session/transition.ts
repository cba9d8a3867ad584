/** One line of a transition table: what happens in a state, and what comes of it. */
export interface Transition<State extends string = string, Input extends string = string> {
  readonly from: State;
  readonly on: Input;
  readonly to: State;
  /** Messages that leave, in this order, before a CLOSE message, which always leaves with a reason. */
  readonly sends?: readonly string[];
  /** With which reason the session is closed; empty for success. */
  readonly reason?: string;
}

/**
 * A table as the lines of a Mermaid state diagram; the documentation holds exactly these. Mermaid takes
 * no hyphens in the names of states.
 */
export const diagramLines = (transitions: readonly Transition[], first: string): string[] => {
  const lines = new Map<string, string[]>();
  for (const transition of transitions) {
    const edge = `${nameOf(transition.from)} --> ${nameOf(transition.to)}`;
    lines.set(edge, [...(lines.get(edge) ?? []), labelOf(transition)]);
  }
  return [
    "stateDiagram-v2",
    `  [*] --> ${nameOf(first)}`,
    ...[...lines].map(([edge, labels]) => `  ${edge}: ${labels.join("\\n")}`),
    "  closed --> [*]",
  ];
};

const nameOf = (state: string): string => state.replaceAll("-", "_");

const labelOf = ({ on, sends = [], reason }: Transition): string => {
  const said = [...sends, ...(reason === undefined ? [] : [reason === "" ? "1000" : reason])];
  return said.length === 0 ? on : `${on} / ${said.join(", ")}`;
};

/** The line for what has happened. A machine does nothing that is not in its table. */
export const transitionOf = <State extends string, Input extends string>(
  table: readonly Transition<State, Input>[],
  happened: Transition<State, Input>,
): Transition<State, Input> => {
  const { from, on, to, reason } = happened;
  const found = table.find(
    (line) => line.from === from && line.on === on && line.to === to && line.reason === reason,
  );
  if (found) return found;
  throw new Error(
    `the table has no way from ${from} on ${on} to ${to} with ${reason ?? "nothing"}`,
  );
};
