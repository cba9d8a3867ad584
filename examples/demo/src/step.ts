/** One thing that the demonstration shows. It holds, or the demonstration fails. */
export interface Step {
  readonly step: string;
  readonly protocol: string;
  /** @returns what was proved, in words; throws or answers `held: false` where it was not. */
  run(): Promise<{ readonly held: boolean; readonly proved: string }>;
}
