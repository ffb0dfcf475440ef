import type { SessionKeysInForce } from '../../../contract/chains.ts';
import { sessionKeyId, type SessionKey } from '../../../model/session-key.ts';
import type { SqlDriver } from '../driver.ts';
import { lastEffect, timeOfEntry } from './review/effects.ts';

/** The analyst's keys of sessions; `set` is the log's entry that chose them. */
export interface SessionKeysState {
  readonly keys: readonly SessionKey[];
  readonly set: number;
}

/** What a change of the keys is in the log. A side that is absent stands for no keys. */
export interface SessionKeysEffect {
  readonly kind: 'session-keys';
  readonly before?: SessionKeysState;
  readonly after?: SessionKeysState;
}

/** The keys as they stand: what the last entry about them left. The log is their only place, so that they outlive every analysis. */
export const findSessionKeys = (db: SqlDriver): SessionKeysState | undefined => lastEffect<SessionKeysEffect>(db, 'session-keys')?.after;

/** The keys in force and since when. */
export function readSessionKeys(db: SqlDriver): SessionKeysInForce {
  const state = findSessionKeys(db);
  if (state === undefined || state.keys.length === 0) return { keys: [] };
  const at = timeOfEntry(db, state.set);
  return { keys: state.keys, ...(at === '' ? {} : { at }) };
}

/** The keys as one text, empty without any: chains that were found with others are out of date. */
export function sessionKeysInForce(db: SqlDriver): string {
  const keys = findSessionKeys(db)?.keys ?? [];
  return keys.length === 0 ? '' : JSON.stringify(keys.map(sessionKeyId));
}
