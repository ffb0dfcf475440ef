import { isJsonObject } from '../../../lib/json.ts';
import type { JsonObject } from '../../../lib/json.ts';
import type { Imported, LogRecord, RecordImporter, RecordReader } from '../importer.ts';
import { kindOfRun, toRunCall, toRunOwner } from '../llm/langsmith-run.ts';
import type { MetadataOwner } from '../llm/metadata.ts';
import { toKnownText } from '../read/fields.ts';
import { toIssue } from '../read/reading.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';

/** Traces whose owners are gathered before they are given out. */
const MAX_TRACES = 10_000;
/** Runs within runs of one record; the API gives out at most some thousands. */
const MAX_INNER = 10_000;

/**
 * LangSmith: runs of its API (`/runs/query`, a trace with its `child_runs`), of its SDKs and of its bulk exports, one a line or in a list.
 * Source: docs.langchain.com, "Run (span) data format" and "Query traces". Runs of models, tools and retrievers become calls; chains, prompts and
 * parsers are steps around them and are skipped.
 */
export const langsmith = {
  id: 'langsmith',
  title: 'LangSmith runs',
  extensions: ['.jsonl', '.json'],
  holds:
    'time, duration, model, messages and answer, tools with arguments and results, tokens, errors, agent, user, thread and place in the trace; no HTTP status',
  recognize: (head) =>
    recognizeByKeys(head, 'LangSmith', (keys) => {
      if (!keys.has('id') || !keys.has('run_type') || !keys.has('start_time')) return undefined;
      return keys.has('dotted_order') || keys.has('trace_id') || keys.has('parent_run_id') || keys.has('extra.metadata')
        ? 'certain'
        : 'likely';
    }),
  records: 'json',
  shape: 'not a run of LangSmith: no run_type',
  independent: false,
  open: () => createReader(),
} as const satisfies RecordImporter;

/** The outermost run tells whose a trace is; runs below it do where it does not stand in the file. */
interface Told {
  owner: MetadataOwner;
  isOutermost: boolean;
}

function createReader(): RecordReader {
  const owners = new Map<string, Told>();

  const giveOwners = (): readonly Imported[] => {
    const given = [...owners].map(([traceId, { owner }]): Imported => ({ kind: 'trace', trace: { traceId, ...owner } }));
    owners.clear();
    return given;
  };
  const remember = (run: JsonObject): readonly Imported[] => {
    const traceId = toKnownText(run['trace_id']) ?? toKnownText(run['id']);
    const owner = toRunOwner(run);
    if (traceId === undefined || (owner.user ?? owner.agent) === undefined) return [];
    const isOutermost = toKnownText(run['parent_run_id']) === undefined;
    const told = owners.get(traceId);
    if (told !== undefined) {
      if (isOutermost && !told.isOutermost) owners.set(traceId, { owner, isOutermost });
      return [];
    }
    const given = owners.size >= MAX_TRACES ? giveOwners() : [];
    owners.set(traceId, { owner, isOutermost });
    return given;
  };

  const read = (record: LogRecord): Imported | readonly Imported[] | undefined => {
    if (!isJsonObject(record.value) || toKnownText(record.value['run_type']) === undefined) return undefined;
    const { runs, isCut } = withInner(record.value);
    const given = runs.flatMap(remember);
    if (isCut)
      given.push(
        toIssue('warning', 'RECORD_PARTS', `more than ${String(MAX_INNER)} runs within one; the others are not read`, record, record.text),
      );
    const calls = runs.filter((run) => kindOfRun(toKnownText(run['run_type'])) !== 'step');
    if (calls.length === 0)
      return [
        ...given,
        toIssue('skip', 'NOT_HTTP', `a run of type ${type(record.value)}, not a call of a model or a tool`, record, record.text),
      ];
    return [
      ...given,
      ...calls.map((run): Imported => ({
        kind: 'call',
        record: record.record,
        at: record.at,
        call: { ...toRunCall(run), rawText: runs.length === 1 ? record.text : textOf(run) },
      })),
    ];
  };
  return Object.assign(read, { rest: giveOwners });
}

const type = (run: JsonObject): string => (toKnownText(run['run_type']) ?? 'unknown').slice(0, 40);

/** A run by itself: with those within it, a trace of thousands would be kept once for each of them. */
function textOf(run: JsonObject): string {
  const { child_runs: _inner, ...own } = run;
  return JSON.stringify(own);
}

/** A run with all that stand in it, a trace's in the order of the file. */
function withInner(run: JsonObject): { readonly runs: readonly JsonObject[]; readonly isCut: boolean } {
  const runs = [run];
  for (const one of runs) {
    const inner = one['child_runs'];
    if (!Array.isArray(inner)) continue;
    for (const child of inner.filter(isJsonObject)) {
      if (runs.length >= MAX_INNER) return { runs, isCut: true };
      runs.push(child);
    }
  }
  return { runs, isCut: false };
}
