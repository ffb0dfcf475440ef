import { toLayer } from '../../../model/graph-layer.ts';
import { scanJson } from '../../intake/json-leaves.ts';
import { callFlag } from '../../store/call-flags.ts';
import type { SqlDriver } from '../../store/driver.ts';
import { CALLED_KINDS } from '../../store/hop-sql.ts';
import { readCommonClock } from '../../store/read/clock-offsets.ts';
import { listValues } from '../../store/read/calls/values.ts';
import type { DetectorTools } from '../detector.ts';
import { readEstate } from '../flow/hosts.ts';
import type { Told } from './definitions.ts';
import { releaseOf } from './model-lists.ts';
import { serverOf, SERVER_PARTS, type ServerParts } from './server-name.ts';
import { parametersOf } from './tool-signs.ts';

/** Calls of tools outside whose arguments are read, in order of time. */
export const MAX_ARGUMENTS = 20_000;
/** So many calls without an argument show that the tool works without it. */
export const LEAST_BEFORE = 5;
/** An id that one tool gives and another takes is everyday work; so many different values of one answer are the answer passed on. */
export const LEAST_VALUES = 3;
/** Values of fewer bits may stand on both sides by chance. Units: bits. */
const PROVING_BITS = 20;
/** New arguments of one tool that are followed: a hostile trace has another in each call. */
const MAX_NEW = 50;
/** Scalars of one request that are looked at. */
const MAX_LEAVES = 5_000;

/** An answer that went on into an argument. */
export interface PassedAnswer {
  readonly call: number;
  /** The tool or path that gave it. */
  readonly by: string;
  /** What it was asked for: its arguments, or its path. */
  readonly asked: string;
  /** Different values that stand in the answer and in the argument. */
  readonly values: number;
}

/** A call of a tool outside that carried a new argument. Units: µs on the common clock; UTF-8 bytes of the argument. */
export interface Carrying {
  /** The call as its trace tells it with its arguments, and the message to the server; the same where one record is both. */
  readonly call: number;
  readonly message: number;
  readonly time: number;
  readonly bytes: number;
  /** The answer of which most went into the argument; `undefined` where none is found in it. */
  readonly answer: PassedAnswer | undefined;
}

/** An argument that calls of a tool began to carry. */
export interface NewArgument {
  readonly server: string;
  readonly host: string;
  readonly tool: string;
  readonly argument: string;
  /** The program that calls the tool, where its trace names it, and its release. */
  readonly program: string | undefined;
  readonly release: string | undefined;
  /** Calls before the first that carried it; none of them did. */
  readonly before: number;
  /** The last of them. Units: µs on the common clock. */
  readonly lastBefore: number;
  readonly carrying: readonly Carrying[];
}

interface Row extends ServerParts {
  readonly message: number;
  readonly call: number;
  readonly standing: number;
  readonly sourceId: number;
  readonly time: number;
  readonly tool: string;
  readonly principal: number | null;
}

/** One call with what it sent: the length of each argument by its name. */
interface Use extends Row {
  readonly sent: ReadonlyMap<string, number>;
  /** Where its arguments begin. */
  readonly under: string;
  readonly release: string | undefined;
}

/** Messages to tools at hosts outside with the record that holds their arguments: their own, or the agent's step that sent them. */
function readRows(db: SqlDriver, hosts: readonly number[]): readonly Row[] {
  const clock = readCommonClock(db);
  return db
    .prepare(
      `SELECT c.id AS message, iif(c.flags & ? <> 0, c.id, (SELECT e.from_call FROM edge e JOIN call o ON o.id = e.from_call JOIN term ot ON ot.id = o.tool_id
            WHERE e.to_call = c.id AND e.kind IN ${CALLED_KINDS} AND o.flags & ? <> 0 AND ot.value = 'tool:' || substr(t.value, 5) LIMIT 1)) AS call,
          ifnull(f.same_as, c.id) AS standing, c.source_id AS sourceId, c.time, substr(t.value, 5) AS tool, f.principal_id AS principal, ${SERVER_PARTS}
         FROM call c JOIN call_fact f ON f.call_id = c.id JOIN term t ON t.id = c.tool_id
        WHERE t.value GLOB 'mcp:*' AND c.host_id IN (SELECT value FROM json_each(?)) AND c.time IS NOT NULL ORDER BY c.time, c.id LIMIT ?`,
    )
    .all<Omit<Row, 'call'> & { readonly call: number | null }>(
      callFlag.requestBody,
      callFlag.requestBody,
      JSON.stringify(hosts),
      MAX_ARGUMENTS,
    )
    .flatMap((row) => (row.call === null ? [] : [{ ...row, call: row.call, time: clock(row.sourceId, row.time) }]))
    .sort((a, b) => a.time - b.time || a.call - b.call);
}

const ARGUMENT = /^\$\.(?:(params\.arguments)\.)?([A-Za-z_$][\w$-]*)/;
const lengths = new TextEncoder();

/** What a call sent, by argument; a message of JSON-RPC has its arguments in `params`. */
function toUse(row: Row, { detail }: DetectorTools): Use | undefined {
  const kept = detail(row.call);
  const text = kept.requestBody?.text ?? '';
  const sent = new Map<string, number>();
  const isMessage = /"jsonrpc"\s{0,9}:/.test(text.slice(0, 2_000)) && text.includes('"params"');
  let seen = 0;
  scanJson(text, ({ pointer, text: value }) => {
    const [, within, name] = ARGUMENT.exec(pointer) ?? [];
    if (name !== undefined && (within !== undefined) === isMessage) sent.set(name, (sent.get(name) ?? 0) + lengths.encode(value).length);
    seen += 1;
    return seen < MAX_LEAVES;
  });
  return sent.size === 0 ? undefined : { ...row, sent, under: isMessage ? '$.params.arguments.' : '$.', release: releaseOf(kept) };
}

const servedAs = (use: ServerParts, tool: string): string => JSON.stringify([serverOf(use), tool]);

/**
 * Finds, in the same run, the answer of which most values stand in an argument. A model's answer only hands on what it was given, and what a server's own
 * tool gave goes back to where it came from. `served`: tools by the servers that are called for them.
 */
function answerFinder(db: SqlDriver, { detail }: DetectorTools, served: ReadonlySet<string>): (use: Use, argument: string) => PassedAnswer | undefined {
  const select = db.prepare(
    `SELECT DISTINCT c.id, c.path, t.value AS tool, n.template FROM edge e JOIN call c ON c.id = e.from_call JOIN call_fact f ON f.call_id = c.id
       LEFT JOIN endpoint n ON n.id = f.endpoint_id LEFT JOIN term t ON t.id = c.tool_id WHERE e.to_call IN (?, ?) AND e.kinds LIKE '%"value"%' ORDER BY c.id`,
  );
  const term = db.prepare('SELECT value FROM term WHERE id = ?');
  const places = new Map<number, string>();
  const placeOf = (id: number): string => {
    const place = places.get(id) ?? term.get<{ value: string }>(id)?.value ?? '';
    places.set(id, place);
    return place;
  };
  return (use, argument) => {
    const place = `${use.under}${argument}`;
    const isBelow = (pointer: string): boolean => pointer.startsWith(place) && !/^[\w$-]/.test(pointer.slice(place.length));
    const sent = new Set(
      listValues(db, use.call, 0).flatMap(({ fingerprint, bits, pointerId }) => (bits >= PROVING_BITS && isBelow(placeOf(pointerId)) ? [fingerprint] : [])),
    );
    let best: PassedAnswer | undefined;
    const rows = sent.size === 0 ? [] : select.all<{ id: number; path: string | null; tool: string | null; template: string | null }>(use.call, use.message);
    for (const { id, path, tool, template } of rows) {
      const name = tool?.replace(/^[a-z]+:/, '');
      if (name === use.tool || (name !== undefined && served.has(servedAs(use, name))) || toLayer(template ?? path ?? '', undefined) === 'model') continue;
      const values = new Set(listValues(db, id, 1).flatMap(({ fingerprint, bits }) => (bits >= PROVING_BITS && sent.has(fingerprint) ? [fingerprint] : []))).size;
      if (values <= (best?.values ?? 0)) continue;
      best = { call: id, by: name ?? template ?? path ?? '', asked: (name === undefined ? undefined : detail(id).requestBody?.text) ?? path ?? '', values };
    }
    return best;
  };
} // prettier-ignore

/** Arguments that many calls of a tool did not have, by name with the place of the first call that did. */
function lateArguments(uses: readonly Use[]): readonly (readonly [argument: string, before: number])[] {
  const first = new Map<string, number>();
  for (const [index, { sent }] of uses.entries()) for (const name of sent.keys()) if (!first.has(name)) first.set(name, index);
  return [...first].filter(([, before]) => before >= LEAST_BEFORE).slice(0, MAX_NEW);
}

/** True where the program became another release with the first call that carried the argument: its makers wrote it so. */
const isRelease = (before: Use | undefined, first: Use | undefined): boolean => before?.release !== first?.release;

/** True where the tool was known to take the argument while nobody filled it in: an option that is used later is no new one. */
const isOffered = (told: readonly Told[], use: Use, argument: string, lastBefore: number): boolean =>
  told.some(({ server, name, versions: [oldest] }) =>
    server === serverOf(use) && name === use.tool && oldest !== undefined && oldest.first <= lastBefore && parametersOf(oldest.definition).has(argument)); // prettier-ignore

/**
 * Finds arguments that calls of a tool at a server outside began to carry, while the program that makes the calls stayed the same, and into which
 * answers of other tools went.
 * Cost: the requests of at most `MAX_ARGUMENTS` calls, and the values of those that carry a new argument.
 */
export async function findPassedOn(db: SqlDriver, tools: DetectorTools, breathe: () => Promise<void>, told: readonly Told[]): Promise<{ readonly passed: readonly NewArgument[]; readonly left: boolean }> {
  const groups = new Map<string, Use[]>();
  const seen = new Set<number>();
  const rows = readRows(db, [...readEstate(db).foreign.keys()]);
  for (const [index, row] of rows.entries()) {
    if (index % 50 === 0) await breathe();
    const use = seen.has(row.standing) ? undefined : toUse(row, tools);
    if (use === undefined) continue;
    seen.add(row.standing);
    // Where no trace names the program, its caller stands for it: two programs fill a tool's arguments in as they please.
    const key = JSON.stringify([serverOf(row), row.tool, row.service ?? row.principal]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [use]);
    else group.push(use);
  }
  const answerIn = answerFinder(db, tools, new Set(rows.map((row) => servedAs(row, row.tool))));
  const found: NewArgument[] = [];
  for (const uses of groups.values())
    for (const [argument, before] of lateArguments(uses)) {
      const first = uses[before];
      const lastBefore = uses[before - 1]?.time ?? 0;
      if (first === undefined || isRelease(uses[before - 1], first) || isOffered(told, first, argument, lastBefore)) continue;
      await breathe();
      const carrying = uses
        .filter(({ sent }) => sent.has(argument))
        .map((use) => ({ call: use.call, message: use.standing, time: use.time, bytes: use.sent.get(argument) ?? 0, answer: answerIn(use, argument) }));
      if (carrying.every(({ answer }) => (answer?.values ?? 0) < LEAST_VALUES)) continue;
      found.push({ server: serverOf(first), host: first.host ?? '', tool: first.tool, argument, program: first.service ?? undefined, release: first.release, before, lastBefore, carrying });
    }
  return { passed: found, left: rows.length >= MAX_ARGUMENTS };
} // prettier-ignore
