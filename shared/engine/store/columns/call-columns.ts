import { paceSteps } from '../../../lib/steps.ts';
import { breather } from '../../breathe.ts';
import type { EnginePorts } from '../../ports.ts';
import { FAILED_SQL } from '../call-answer.ts';
import type { SqlDriver } from '../driver.ts';
import { getDerived, getMeta } from '../meta.ts';
import type { IdColumn, NumberColumn } from './column-names.ts';
import { countCalls, loadColumns, loadIds, type CallIds, type Values } from './load-columns.ts';
import { loadTexts, type PathText } from './path-text.ts';

/** Calls of the largest case that is kept in memory: at 100 to 150 bytes a call half a gigabyte. Larger ones are asked of SQLite. */
const MOST_CALLS = 4_000_000;

/** The calls of a case as columns in memory: each is read when it is first asked for, and stays. */
export interface CallColumns {
  readonly ids: CallIds;
  /** Reads together those of the columns that are not there yet. */
  need(names: readonly (IdColumn | NumberColumn)[]): Promise<void>;
  idsOf(name: IdColumn): Promise<Int32Array>;
  numbersOf(name: NumberColumn): Promise<Float64Array>;
  paths(): Promise<PathText>;
  queries(): Promise<PathText>;
  /** What is worked out of the columns, once under each name; `make` breathes for all who wait for it, so that no one's cancel ends it. */
  derived<T>(name: string, make: (breathe: () => Promise<void>) => Promise<T>): Promise<T>;
}

/** What the columns depend on: it differs after every import, withdrawal and step of the analysis, whatever that step was run on. */
function stateOf(db: SqlDriver): string {
  const last = db.prepare('SELECT max(id) AS last FROM call').get<{ last: number | null }>()?.last ?? 0;
  return [getMeta(db, 'evidence_revision') ?? '', String(getDerived(db)), String(last)].join(',');
}

/** Columns that nearly every question needs: read with the first, since each walk over the calls costs more than a column more. */
const FIRST = ['f.same_as', 'c.time', FAILED_SQL] as const;

type Ports = Pick<EnginePorts, 'clock' | 'yieldToEvents'>;

function openColumns(db: SqlDriver, ports: Ports, ids: CallIds): CallColumns {
  const columns = new Map<string, Promise<Values>>();
  const others = new Map<string, Promise<unknown>>();
  // Nobody's question alone: one that is cancelled must not take away what others wait for.
  const breathe = breather(ports, new AbortController().signal);
  const kept = <T>(map: Map<string, Promise<T>>, name: string, made: Promise<T>): Promise<T> => {
    map.set(name, made);
    made.catch(() => map.delete(name));
    return made;
  };
  const get = (names: readonly (IdColumn | NumberColumn)[]): Promise<readonly Values[]> => {
    const missing = [...new Set(columns.size === 0 ? [...names, ...FIRST] : names)].filter((name) => !columns.has(name));
    if (missing.length > 0) {
      const loading = paceSteps(loadColumns(db, ids, missing), breathe);
      for (const [index, name] of missing.entries())
        void kept(
          columns,
          name,
          loading.then((loaded) => loaded[index] ?? new Float64Array(0)),
        );
    }
    return Promise.all(names.map((name) => columns.get(name) ?? Promise.resolve(new Float64Array(0))));
  };
  const derived = <T>(name: string, make: (breathe: () => Promise<void>) => Promise<T>): Promise<T> =>
    // Each name is made by one function alone.
    (others.get(name) as Promise<T> | undefined) ?? (kept(others, name, make(breathe)) as Promise<T>);
  return {
    ids,
    need: async (names) => {
      await get(names);
    },
    idsOf: async (name) => {
      const [values] = await get([name]);
      return values instanceof Int32Array ? values : new Int32Array(0);
    },
    numbersOf: async (name) => {
      const [values] = await get([name]);
      return values instanceof Float64Array ? values : new Float64Array(0);
    },
    paths: () => derived('paths', () => loadTexts(db, ids, 'path', breathe)),
    queries: () => derived('queries', () => loadTexts(db, ids, 'query', breathe)),
    derived,
  };
}

/** Gives the columns of the case as it stands now; `undefined` when it has more than `most` calls. */
export function columnKeeper(db: SqlDriver, ports: Ports, most = MOST_CALLS): () => Promise<CallColumns | undefined> {
  let kept: { readonly state: string; readonly columns: Promise<CallColumns | undefined> } | undefined;
  const open = async (): Promise<CallColumns | undefined> => {
    const calls = countCalls(db);
    if (calls > most) return undefined;
    return openColumns(db, ports, await paceSteps(loadIds(db, calls), breather(ports, new AbortController().signal)));
  };
  return () => {
    const state = stateOf(db);
    if (kept?.state !== state) {
      const columns = open();
      kept = { state, columns };
      columns.catch(() => {
        if (kept?.columns === columns) kept = undefined;
      });
    }
    return kept.columns;
  };
}
