let warnings = 0;
process.on("warning", ({ name }) => {
  if (name === "MaxListenersExceededWarning") warnings++;
});

/** Sockets and servers that are open, and emitters that Node has found with too many listeners. */
export const countResources = (): number =>
  process.getActiveResourcesInfo().filter((kind) => kind.startsWith("TCP")).length + warnings;
