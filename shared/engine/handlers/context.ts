import type { EngineHandlers } from '../../contract/table.ts';
import type { EnginePorts } from '../ports.ts';
import type { SqlDriver } from '../store/driver.ts';

/** What every handler may use: the open case and the host's ports. */
export interface EngineContext {
  readonly db: SqlDriver;
  readonly ports: EnginePorts;
  readonly onRevision: (revision: number) => void;
  readonly onReview: (revision: number) => void;
  /** Runs writes and jobs one after the other. */
  readonly alone: <T>(task: () => Promise<T> | T) => Promise<T>;
}

/** The part of the handlers that one file makes. */
export type Some<Names extends keyof EngineHandlers> = Pick<EngineHandlers, Names>;
