import type { PrincipalJson } from './report-json.ts';

/** Principals as a screen lists them: the busiest of those that have the words. */
export interface PrincipalList {
  readonly rows: readonly PrincipalJson[];
  /** All that have the words. */
  readonly fitting: number;
  /** All of the case. */
  readonly all: number;
}
