import type { SqlDriver } from '../../store/driver.ts';
import { CALL_INPUTS, COULD_BITS, HAS_BITS, type CallInput } from './call-inputs.ts';

/** Rows that one statement looks at: longer ones would keep other work waiting. */
const STRIDE = 20_000;
/** A source that keeps an input for fewer of the calls that could have it keeps a sample. Share. */
const SAMPLE = 0.5;

/** A source that keeps an input for none of its calls, or for a sample of them. */
export interface PoorSource {
  readonly id: number;
  readonly name: string;
  readonly format: string;
  /** Its calls that could have it, and those that do. */
  readonly of: number;
  readonly kept: number;
}

/** Where an input is missing. Each call counts once, however many sources saw it; one of them is enough to have it. */
export interface InputGap {
  readonly of: number;
  readonly lacking: number;
  readonly sources: readonly PoorSource[];
}

interface Row {
  readonly id: number;
  readonly stands: number;
  readonly source: number;
  readonly has: number;
  readonly could: number;
}

/** What is known of each call from all that saw it, by the row that stands for it, and what each source keeps of its own. */
interface Sightings {
  readonly has: Uint16Array;
  readonly could: Uint16Array;
  /** 0 for a row that stands for no call. */
  readonly source: Uint32Array;
  readonly counts: Map<number, { readonly of: number[]; readonly kept: number[] }>;
}

const emptySightings = (last: number): Sightings => ({
  has: new Uint16Array(last + 1),
  could: new Uint16Array(last + 1),
  source: new Uint32Array(last + 1),
  counts: new Map(),
});

const isSet = (bits: number | undefined, index: number): boolean => ((bits ?? 0) & (1 << index)) !== 0;

function addSighting(seen: Sightings, { id, stands, source, has, could }: Row): void {
  seen.has[stands] = (seen.has[stands] ?? 0) | has;
  seen.could[stands] = (seen.could[stands] ?? 0) | could;
  if (id === stands) seen.source[id] = source;
  const counts = seen.counts.get(source) ?? { of: CALL_INPUTS.map(() => 0), kept: CALL_INPUTS.map(() => 0) };
  seen.counts.set(source, counts);
  for (let index = 0; index < CALL_INPUTS.length; index += 1) {
    if (isSet(could | has, index)) counts.of[index] = (counts.of[index] ?? 0) + 1;
    if (isSet(has, index)) counts.kept[index] = (counts.kept[index] ?? 0) + 1;
  }
}

/** Calls that could have an input, and those of `poor` sources that no source shows it for. */
function countLacking(seen: Sightings, index: number, poor: ReadonlySet<number>): Pick<InputGap, 'of' | 'lacking'> {
  let [of, lacking] = [0, 0];
  for (const [id, source] of seen.source.entries()) {
    const has = isSet(seen.has[id], index);
    if (source === 0 || (!has && !isSet(seen.could[id], index))) continue;
    of += 1;
    if (!has && poor.has(source)) lacking += 1;
  }
  return { of, lacking };
}

async function readSightings(db: SqlDriver, breathe: () => Promise<void>): Promise<Sightings> {
  const last = db.prepare('SELECT max(id) AS last FROM call').get<{ last: number | null }>()?.last ?? 0;
  const seen = emptySightings(last);
  const select = db.prepare(
    `SELECT c.id, coalesce(f.same_as, c.id) AS stands, c.source_id AS source, ${HAS_BITS} AS has, ${COULD_BITS} AS could
       FROM call c LEFT JOIN call_fact f ON f.call_id = c.id WHERE c.id > ? AND c.id <= ?`,
  );
  for (let from = 0; from < last; from += STRIDE) {
    for (const row of select.all<Row & Record<string, number>>(from, from + STRIDE)) addSighting(seen, row);
    await breathe();
  }
  return seen;
}

/**
 * Finds the inputs that some sources do not keep. Shape: none for an input that all keep.
 * Cost: one walk over the calls; ten bytes a call.
 */
export async function readInputGaps(db: SqlDriver, breathe: () => Promise<void>): Promise<ReadonlyMap<CallInput, InputGap>> {
  const seen = await readSightings(db, breathe);
  const names = db
    .prepare("SELECT id, name, ifnull(format, '') AS format FROM source ORDER BY name")
    .all<{ id: number; name: string; format: string }>();
  const gaps = new Map<CallInput, InputGap>();
  for (const [index, { id, always }] of CALL_INPUTS.entries()) {
    const sources = names.flatMap((source): readonly PoorSource[] => {
      const counts = seen.counts.get(source.id);
      const [of, kept] = [counts?.of[index] ?? 0, counts?.kept[index] ?? 0];
      const isPoor = of > 0 && (kept === 0 || (always && kept / of < SAMPLE));
      return isPoor ? [{ ...source, of, kept }] : [];
    });
    if (sources.length === 0) continue;
    const counted = countLacking(seen, index, new Set(sources.map((source) => source.id)));
    if (counted.lacking > 0) gaps.set(id, { ...counted, sources });
    await breathe();
  }
  return gaps;
}
