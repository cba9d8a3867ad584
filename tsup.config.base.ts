import { defineConfig, type Options } from "tsup";

/** The one build recipe: a package names its entry points and nothing else. */
export const library = (entry: NonNullable<Options["entry"]>) =>
  defineConfig({
    entry,
    format: "esm",
    target: "es2022",
    platform: "neutral",
    removeNodeProtocol: false,
    external: [/^node:/],
    // The declaration build reads published types, not sources, and cannot be composite (TS6307).
    dts: {
      compilerOptions: {
        composite: false,
        customConditions: [],
        rootDir: "src",
        lib: ["ES2022", "DOM", "DOM.Iterable"],
        types: ["node"],
      },
    },
    sourcemap: true,
    clean: true,
  });
