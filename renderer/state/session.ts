import { create } from 'zustand';
import type { AppError } from '#shared/contract/errors.ts';
import type { Progress } from '#shared/contract/methods.ts';
import type { HostInfo, RecentCase, SpoorClient } from '#shared/contract/table.ts';
import type { ImportLog } from './import-log.ts';

/** The state of this window's connection to the engine. */
export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'lost'; readonly why: string; readonly retrying: boolean };

/** Work that goes on in the background, as the status bar shows it. */
export interface Task {
  readonly id: number;
  readonly title: string;
  readonly progress?: Progress | undefined;
  /** Remaining time; absent until it can be told. Units: ms. */
  readonly remaining?: number | undefined;
  readonly cancel: () => void;
}

/** An import as the window follows it. */
export type ImportRun =
  | {
      readonly kind: 'running';
      readonly task: number;
      readonly names: readonly string[];
      readonly log: ImportLog;
    }
  /** Stopped on request; what was read until then is in the case. `brought`: the names of the sources that came with it. */
  | { readonly kind: 'cancelled'; readonly names: readonly string[]; readonly log: ImportLog; readonly brought: readonly string[] }
  | { readonly kind: 'failed'; readonly names: readonly string[]; readonly error: AppError }
  /** Finished, but some of it could not be opened at all. */
  | { readonly kind: 'partial'; readonly failures: readonly { readonly name: string; readonly code: string; readonly message: string }[] };

interface Session {
  readonly client: SpoorClient | undefined;
  readonly connection: Connection;
  readonly host: HostInfo | undefined;
  readonly openCase: RecentCase | undefined;
  /** False until the host said whether a case is open. */
  readonly caseKnown: boolean;
  /** Rises with every change of the open case; part of every query's key. */
  readonly revision: number;
  /** Rises with every change of the analyst's own; part of the key of queries that show or ask for them. */
  readonly review: number;
  readonly tasks: readonly Task[];
  readonly importing: ImportRun | undefined;
}

/** Connection, open case and running work; no engine data. */
export const useSession = create<Session>()(() => ({
  client: undefined,
  connection: { kind: 'connecting' },
  host: undefined,
  openCase: undefined,
  caseKnown: false,
  revision: 0,
  review: 0,
  tasks: [],
  importing: undefined,
}));

let nextTask = 1;

/** Adds background work to the status bar; returns its id. */
export function addTask(title: string, cancel: () => void): number {
  const id = nextTask++;
  useSession.setState((state) => ({ tasks: [...state.tasks, { id, title, cancel }] }));
  return id;
}

/** Changes what the status bar says about a piece of work. */
export function updateTask(id: number, change: Partial<Omit<Task, 'id' | 'cancel'>>): void {
  useSession.setState((state) => ({ tasks: state.tasks.map((task) => (task.id === id ? { ...task, ...change } : task)) }));
}

/** Takes finished work off the status bar. */
export function endTask(id: number): void {
  useSession.setState((state) => ({ tasks: state.tasks.filter((task) => task.id !== id) }));
}
