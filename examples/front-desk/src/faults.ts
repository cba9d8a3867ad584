/** What can be wrong with the page that is laid down, while the chip is right. */
export const PAGE_FAULTS = ["wrong-mrz", "unreadable"] as const;
export type PageFault = (typeof PAGE_FAULTS)[number];

/** What can go wrong with simulated devices while the desk runs. */
export const WORLD_FAULTS = ["reader-unplugged", "clock-offline", "low-quality"] as const;
export type WorldFault = (typeof WORLD_FAULTS)[number];

export const FAULT_NAMES: readonly string[] = [...PAGE_FAULTS, ...WORLD_FAULTS];

export const isPageFault = (name: string): name is PageFault =>
  (PAGE_FAULTS as readonly string[]).includes(name);
export const isWorldFault = (name: string): name is WorldFault =>
  (WORLD_FAULTS as readonly string[]).includes(name);
