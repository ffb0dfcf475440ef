import type { CallContext } from '../../contract/methods.ts';
import type { EngineHandlers } from '../../contract/table.ts';
import { breather } from '../breathe.ts';
import type { EnginePorts } from '../ports.ts';
import type { CallSearch } from '../store/columns/call-search.ts';
import type { SqlDriver } from '../store/driver.ts';
import { untilAborted } from '../until-aborted.ts';
import type { KeptAnswers } from './kept-answers.ts';

/** What every handler may use: the open case and the host's ports. */
export interface EngineContext {
  readonly db: SqlDriver;
  readonly ports: EnginePorts;
  /** Finds calls; holds what it read of them in memory. */
  readonly search: CallSearch;
  /** Whole lists that several questions are cut from. */
  readonly answers: KeptAnswers;
  readonly onRevision: (revision: number) => void;
  readonly onReview: (revision: number) => void;
  /** Runs writes and jobs one after the other. */
  readonly alone: <T>(task: () => Promise<T> | T) => Promise<T>;
}

/**
 * Runs a question that looks at many calls: `work` awaits `breathe` often, so that other questions come between and a cancel stops it.
 * A cancel is answered at once, also while it waits for what others wait for as well.
 */
export const inSlices = <T>(ports: EnginePorts, { signal }: CallContext, work: (breathe: () => Promise<void>) => Promise<T>): Promise<T> =>
  untilAborted(work(breather(ports, signal)), signal);

/** The part of the handlers that one file makes. */
export type Some<Names extends keyof EngineHandlers> = Pick<EngineHandlers, Names>;
