import { parseSign } from '../../intake/personal/data-signs.ts';
import { greatest } from '../../../lib/extremes.ts';
import { textHash } from '../../../lib/text-hash.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { listValues } from '../../store/read/calls/values.ts';
import { sightingsOf } from '../flow/run-calls.ts';

/** How many people the answers of some calls are about. */
export interface PeopleAffected {
  /** Named by the answers that can be read, by names of one kind: no fewer. */
  readonly low: number;
  /** And as many more as the answers that cannot be read may have named. */
  readonly high: number;
  /** Answers that were read, and those whose text is not in the evidence. */
  readonly read: number;
  readonly lost: number;
}

/** Kinds of data by which people are told apart, the best first: two have the same name sooner than the same address for mail. */
const NAMING = ['email', 'national-id', 'us-ssn', 'phone', 'person-name', 'iban', 'payment-card'] as const;

type Naming = (typeof NAMING)[number];

interface Answer {
  readonly request: number;
  /** The kind of data by which it names people. */
  readonly kind?: Naming;
  /** Fingerprints of the field that names people; undefined when the text of the answer is not there. */
  readonly people: ReadonlySet<number> | undefined;
  readonly status: number;
}

/** The field of an answer that names most people, of the best kind that it has. */
function namingField(db: SqlDriver, call: number): { readonly kind: Naming; readonly pointer: string } | undefined {
  const rows = db
    .prepare(
      "SELECT t.value AS pointer, d.type, d.count FROM data_seen d JOIN term t ON t.id = d.pointer_id WHERE d.call_id = ? AND d.side = 'response' ORDER BY d.count DESC, t.value",
    )
    .all<{ pointer: string; type: string; count: number }>(call);
  for (const kind of NAMING) {
    const found = rows.find(({ type }) => parseSign(type).type === kind && (parseSign(type).strength === 'sure' || parseSign(type).strength === 'form')); // prettier-ignore
    if (found !== undefined) return { kind, pointer: found.pointer };
  }
  return undefined;
}

/** What one call shows of people: of all its sightings the one whose answer was kept. */
function readAnswer(db: SqlDriver, call: number): Answer | undefined {
  const row = db
    .prepare('SELECT m.value AS method, h.value AS host, c.path, c.query, c.status FROM call c LEFT JOIN term m ON m.id = c.method_id LEFT JOIN term h ON h.id = c.host_id WHERE c.id = ?')
    .get<{ method: string | null; host: string | null; path: string | null; query: string | null; status: number | null }>(call);
  if (row === undefined) return undefined;
  const request = textHash(`${row.method ?? ''} ${row.host ?? ''}${row.path ?? ''}?${row.query ?? ''}`);
  const place = db.prepare('SELECT value FROM term WHERE id = ?');
  for (const id of sightingsOf(db, call)) {
    const field = namingField(db, id);
    if (field === undefined) continue;
    const people = listValues(db, id, 1).filter(({ pointerId }) => place.get<{ value: string }>(pointerId)?.value.replaceAll(/\[\d+\]/g, '[*]') === field.pointer);
    if (people.length > 0) return { request, kind: field.kind, people: new Set(people.map(({ fingerprint }) => fingerprint)), status: row.status ?? 0 };
  }
  return { request, people: undefined, status: row.status ?? 0 };
} // prettier-ignore

/**
 * Counts people in the answers of some calls as an interval. At least those whose names stand in the answers that were kept, each once; at most also
 * as many for every lost answer as the fullest one named, unless the same request was answered readably elsewhere.
 * Undefined when no answer names anybody. Cost: a look-up for each value of these answers.
 */
export function peopleAffected(db: SqlDriver, calls: readonly number[]): PeopleAffected | undefined {
  // A list may name by name whom another answer names by address: of kinds that cannot be compared, the one that tells most apart counts.
  const byKind = new Map<Naming | undefined, Set<number>>();
  const readable = new Set<number>();
  const lost = new Set<number>();
  let fullest = 0;
  let read = 0;
  for (const call of calls) {
    const answer = readAnswer(db, call);
    if (answer === undefined || answer.status >= 300) continue;
    if (answer.people === undefined) lost.add(answer.request);
    else {
      read += 1;
      readable.add(answer.request);
      fullest = Math.max(fullest, answer.people.size);
      const people = byKind.get(answer.kind) ?? new Set<number>();
      byKind.set(answer.kind, people);
      for (const person of answer.people) people.add(person);
    }
  }
  const unread = [...lost].filter((request) => !readable.has(request)).length;
  const low = greatest(
    [...byKind.values()].map(({ size }) => size),
    0,
  );
  const all = [...byKind.values()].reduce((sum, { size }) => sum + size, 0);
  return low === 0 ? undefined : { low, high: all + unread * fullest, read, lost: unread };
}
