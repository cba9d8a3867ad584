export * from "./advance.js";
export { enrolleeOf, keyOf, nameOf, openStory } from "./begin.js";
export type { StoryTerms } from "./changes.js";
export * from "./compare.js";
export * from "./gate.js";
export * from "./steps.js";
export * from "./story.js";
export * from "./visitor.js";
