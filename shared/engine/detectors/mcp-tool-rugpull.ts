import { append } from '../../lib/append.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { Detector, DetectorTools, FindingDraft, SeverityDraft } from './detector.ts';
import { LEDGER_ROWS } from './exhibits/few.ts';
import type { ExhibitDraft } from './exhibits/name-calls.ts';
import { inTimeOrder, whoMade } from './inventory/evidence.ts';
import { changesOf, type Change } from './mcp/changes.ts';
import { MAX_LISTS, NO_LISTS, partlyRead, readDefinitions, type Told } from './mcp/definitions.ts';
import { changedPieces, spokenPieces } from './mcp/quote.ts';
import { distinctNames } from './mcp/tool-signs.ts';
import { comparedWith, wordingReader } from './mcp/shown.ts';
import { readUses, type ToolUse } from './mcp/tool-uses.ts';
import { readCallers } from './rows/callers.ts';
import { listOf, plural, sizeOf } from './spoken.ts';

/** Changed texts that one finding shows word by word. */
const SHOWN_PARTS = 8;
/** Calls after the change that one finding names. */
export const MAX_AFTER = 2_000;

/** What one server changed, and what was done with it since. */
interface ChangedServer {
  readonly server: string;
  readonly changes: readonly Change[];
  /** Calls of changed tools under the first wording, and under a changed one. */
  readonly before: readonly ToolUse[];
  readonly after: readonly ToolUse[];
}

/** Parts that say most first: what gives orders is in texts. */
const partRank = (pointer: string): number => (pointer === 'description' ? 0 : pointer.endsWith('.description') ? 1 : pointer.startsWith('inputSchema') ? 2 : 3); // prettier-ignore

function wordDiff({ changes }: ChangedServer): ExhibitDraft {
  const parts = changes.flatMap(({ told, newer, parts: changed }) =>
    changed
      .toSorted((a, b) => partRank(a.pointer) - partRank(b.pointer))
      .map(({ pointer, older, newer: now }) => {
        const pieces = changedPieces(older, now);
        return { at: newer.calls[0] ?? 0, heading: `${told.kind} ${told.name}`, pointer, text: spokenPieces(pieces), pieces };
      }),
  );
  return { kind: 'texts', title: 'What changed, word by word', parts: parts.slice(0, SHOWN_PARTS) };
}

/** Who was shown which wording, and from when on. */
function whoSaw(db: SqlDriver, told: readonly Told[]): ExhibitDraft {
  const callers = readCallers(db);
  const rows = told.flatMap(({ name, versions }) =>
    versions.map((version, index) => ({
      at: version.calls[0] ?? 0,
      tone: index === 0 ? ('plain' as const) : ('seen' as const),
      cells: [`${name}, wording ${String(index + 1)}`, version.server ?? 'not said', listOf([...version.callers].map((id) => callers.get(id)?.label ?? '').sort(), 4), String(version.lists)],
    })),
  ); // prettier-ignore
  return { kind: 'ledger', title: 'Who was shown which wording', head: ['Wording', 'Version of the server', 'Shown to', 'Times'], rows: rows.slice(0, LEDGER_ROWS), omitted: Math.max(0, rows.length - LEDGER_ROWS) }; // prettier-ignore
}

const isRelease = ({ older, newer }: Change): boolean => older.server !== undefined && newer.server !== undefined && older.server !== newer.server; // prettier-ignore

function severityOf({ changes, after }: ChangedServer): SeverityDraft {
  const gains = changes.flatMap((change) => change.gains);
  const has = (kind: string): string | undefined => gains.find((gain) => gain.kind === kind)?.what;
  const [sink, order] = [has('sink'), has('order')];
  return {
    base: 'medium',
    steps: [
      ...(gains.length === 0 ? [{ by: -1, why: 'only the wording changed: no parameter, place or order is new' }] : []),
      ...(changes.every(isRelease) ? [{ by: -1, why: 'the server said that it is another version' }] : []),
      ...(order === undefined ? [] : [{ by: 1, why: `the new text ${order}` }]),
      ...(sink === undefined ? [] : [{ by: after.length > 0 ? 2 : 1, why: `the new text ${sink}${after.length > 0 ? ', and the tool was called since' : ''}` }]), // prettier-ignore
    ],
  };
}

const bytesOf = (uses: readonly ToolUse[]): number => uses.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);

/** True when both wordings were shown in turns: the server tells callers apart, or is being rolled out. */
const areInTurns = ({ older, newer }: Change): boolean => older.last > newer.first;

function toDraft(db: SqlDriver, changed: ChangedServer): FindingDraft {
  const { server, changes, before, after } = changed;
  const gains = [...new Set(changes.flatMap((change) => change.gains.map(({ what }) => what)))];
  const names = [...new Set(changes.map(({ told }) => told.name))];
  const [firstAfter] = after;
  const lists = changes.flatMap((change) => [...comparedWith(change), ...change.newer.calls]);
  const times = db.prepare('SELECT id, time FROM call WHERE id = ?');
  const ids = [...new Set([...lists, ...after.slice(0, MAX_AFTER).map(({ id }) => id)])];
  const calls = inTimeOrder(ids.flatMap((id) => times.get<{ id: number; time: number | null }>(id) ?? []));
  const who = whoMade(db, calls);
  return {
    subject: server,
    title: `${server} changed ${plural(names.length, 'definition')} after principals had been shown ${names.length === 1 ? 'it' : 'them'}: ${listOf(names, 3)} now ${gains.length === 0 ? 'reads otherwise' : listOf(gains, 2)}`,
    severity: severityOf(changed),
    confidence: 'observed',
    score: Math.min(1, 0.3 + gains.length * 0.1 + (after.length > 0 ? 0.2 : 0)),
    ...who,
    endpoints: [],
    calls,
    crossedAt: changes[0]?.newer.calls[0],
    observed: {
      server, definitions: names.slice(0, 30), changedParts: [...new Set(changes.flatMap(({ parts }) => parts.map(({ pointer }) => pointer)))].slice(0, 30), gains: gains.slice(0, 20),
      callsBefore: before.length, callsAfter: after.length, sentSince: sizeOf(bytesOf(after)), wordingsInTurns: changes.some(areInTurns),
      ...(firstAfter === undefined ? {} : { firstCallerAfter: readCallers(db).get(firstAfter.principal ?? -1)?.label ?? 'unknown' }),
    },
    expected: { definitionsThatChange: 0 },
    benignTested: [
      { explanation: 'a release of the server', result: changes.every(isRelease) ? 'possible: it said that it is another version' : 'not supported: the server named no other version' },
      { explanation: 'principals with other rights are shown other texts', result: changes.some(areInTurns) ? 'possible: both wordings were shown in turns' : 'not supported: the old wording was not shown again' },
    ],
    remediation: ['Compare the change with what the server’s makers published, and hold the server back until a person has approved it.', 'Pin definitions by hash in the client or gateway.', 'Check what was sent to the tool since the change.'],
    exhibits: [wordDiff(changed), whoSaw(db, [...new Set(changes.map(({ told }) => told))])],
  };
} // prettier-ignore

async function run(db: SqlDriver, breathe: () => Promise<void>, tools: DetectorTools): ReturnType<Detector['run']> {
  const definitions = await readDefinitions(db, tools, breathe);
  if (definitions === undefined) return { kind: 'not-evaluable', reason: NO_LISTS };
  if (definitions.lists < 2) return { kind: 'not-evaluable', reason: 'tools were listed only once, so nothing can be told of changes' };
  const others = distinctNames(definitions.told);
  const changed = definitions.told.filter(({ versions }) => versions.length > 1);
  const usesOf = readUses(db, [...new Set(changed.map(({ name }) => name))]);
  const servers = new Map<string, Change[]>();
  for (const told of changed) {
    await breathe();
    const list = servers.get(told.server) ?? [];
    servers.set(told.server, list);
    append(list, changesOf(told, others));
  }
  const findings = [...servers].map(([server, changes]) => {
    const uses = new Map<number, ToolUse>();
    const since = new Set<number>();
    for (const told of new Set(changes.map((change) => change.told))) {
      const wordingOf = wordingReader(told);
      for (const use of usesOf(server, told.name)) {
        uses.set(use.id, use);
        const wording = wordingOf(use);
        if (wording !== undefined && wording !== told.versions[0]) since.add(use.id);
      }
    }
    const sorted = [...uses.values()].sort((a, b) => a.time - b.time || a.id - b.id);
    return toDraft(db, { server, changes, before: sorted.filter(({ id }) => !since.has(id)), after: sorted.filter(({ id }) => since.has(id)) });
  });
  return { kind: 'evaluated', findings, ...partlyRead(definitions) };
} // prettier-ignore

/** Flags tools, prompts and resources whose definition changed after callers had been shown it. */
export const mcpToolRugpull: Detector = {
  id: 'mcp-tool-rugpull',
  version: 1,
  title: 'The definition of a tool changed',
  question: 'Did a server change what its tools are, after principals had been shown and trusted them?',
  about: {
    catches: 'Descriptions, parameters and hints of tools that changed while principals were using them: what changed word by word, who saw which wording, and what was sent since.',
    inputs: ['two or more answers with bodies that list tools, prompts or resources (MCP)', 'the version of the server, and calls of the tools'],
    falsePositives: ['a release of the server', 'principals with other rights that are shown other texts'],
  },
  family: 'incident',
  joinsOthers: true,
  needs: ['attribution', 'chains'],
  reads: ['answerBody'],
  maps: { owaspApi: ['API10:2023'], owaspLlm: ['LLM03:2025'], owaspAgentic: ['ASI04', 'MCP03', 'MCP04'], attack: ['T1199'], atlas: ['AML.T0109'], cwe: ['CWE-494'] },
  settings: [
    { name: 'wording', value: 'all but the order of keys and items', why: 'what a model is shown is all of it; the order says nothing' },
    { name: 'lists', value: MAX_LISTS, why: 'lists that are read: agents ask at the begin of each session, and most answers are alike' },
  ],
  run,
}; // prettier-ignore
