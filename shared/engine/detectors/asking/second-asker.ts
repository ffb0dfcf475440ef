import type { DetectorOutcome } from '../detector.ts';

/** Asks detectors of a case beside the thread that runs the analysis, on a connection of its own. */
export interface SecondAsker {
  /** What a detector finds, by its id. Errors: what stopped it, or that the thread is gone; whoever asked then asks by itself. */
  ask(detector: string): Promise<DetectorOutcome>;
  /** Ends it, in the middle of a question as soon as SQLite's statement is over; its connection is closed when this is done. Who closes the case waits for that, so that it can be folded. */
  end(): Promise<void>;
}

/** Starts one for a case file; a host without threads leaves it out. */
export type OpenSecondAsker = (casePath: string) => SecondAsker | undefined;

/** What the thread is asked, and what it answers. */
export interface ToAsker {
  readonly detector: string;
}
export interface FromAsker {
  readonly detector: string;
  /** Left out when the question failed. */
  readonly outcome?: DetectorOutcome;
}
