/** Something that chips or documents do otherwise than the standard, or than readers expect. */
export interface Quirk {
  /** Stable name. */
  readonly id: string;
  readonly observed: string;
  /** What this package does about it. */
  readonly done: string;
  /** Where it was seen: threads and files of public repositories, pages, sections of the standard. */
  readonly sources: readonly string[];
  /** A fault of the virtual chip that shows it, as `parseChipFault` takes it. */
  readonly fault?: string;
}
