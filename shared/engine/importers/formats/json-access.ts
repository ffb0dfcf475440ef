import type { JsonObject } from '../../../lib/json.ts';
import type { ImportedCall } from '../../../model/call.ts';
import type { Mapping } from '../../../model/mapping.ts';
import type { RecordImporter } from '../importer.ts';
import { compileMapping } from '../mapping/apply.ts';
import { compilePath } from '../mapping/paths.ts';
import { proposeMapping } from '../mapping/propose.ts';
import type { Proposal } from '../mapping/propose.ts';
import { readMapped } from '../mapping/reader.ts';
import { sampleRecords } from '../mapping/sample.ts';

/** Share of the first records that must become calls, so that an application's log with a few of them is not taken for an access log. */
const NEEDED_SHARE = 0.6;

/**
 * Access logs of JSON or of a table whose keys nobody fixed, as nginx, web frameworks and query tools give them: keys with
 * well-known names are found, and the values must look like what the names say. What was found becomes the source's mapping, which
 * an analyst can see and change.
 */
export const jsonAccess = {
  id: 'json-access',
  title: 'access log with keys of its own (JSON, CSV)',
  extensions: ['.json', '.jsonl', '.ndjson', '.log', '.csv', '.tsv'],
  holds:
    'what well-known names tell: time, request, status, duration, sizes, client and more; the unit of durations is a guess that is said',
  recognize(head, _name, settings) {
    const records = sampleRecords(head);
    if (records.length === 0) return { strength: 'none', why: 'no JSON records' };
    const proposal = proposeMapping(records, 'found by names');
    // On request the records are read with whatever was found.
    const found = { ...settings, mapping: proposal.mapping };
    if (!proposal.confident) return { strength: 'none', why: 'no time, request and status under names that are known', settings: found };
    const { toCall } = compileMapping(proposal.mapping);
    const isUnanswered = compileUnanswered(proposal.mapping);
    const calls = records.filter((record) => {
      const call = toCall(record, '', 0);
      return isAddressed(call) && (call.status !== undefined || isUnanswered(record));
    }).length;
    if (calls / records.length < NEEDED_SHARE)
      return { strength: 'none', why: `${String(calls)} of the first ${String(records.length)} records are calls`, settings: found };
    return { strength: 'shape', why: describe(proposal), settings: found };
  },
  records: 'json',
  shape: 'not a call: neither method nor path',
  independent: true,
  open({ settings: { mapping }, zoneOffsetMinutes }) {
    const compiled = mapping === undefined ? undefined : compileMapping(mapping);
    return (record) => (compiled === undefined ? undefined : readMapped(compiled, record, zoneOffsetMinutes));
  },
} as const satisfies RecordImporter;

const isAddressed = (call: ImportedCall): boolean => call.time !== undefined && (call.path !== undefined || call.host !== undefined);

/** What servers write for the status of a call whose caller went away before the answer. */
const NO_STATUS: readonly unknown[] = [0, '0', '000', '-', null];

function compileUnanswered({ fields }: Mapping): (record: JsonObject) => boolean {
  const getters = (fields.status ?? []).map(compilePath);
  return (record) => getters.some((get) => NO_STATUS.includes(get(record)));
}

/** `time from ts, method from verb, …; duration from took: whole numbers, so taken for ms`. */
function describe({ fields }: Proposal): string {
  const core = fields.filter(({ target }) => ['time', 'request', 'method', 'url', 'status'].includes(target));
  const duration = fields.find(({ target }) => target === 'duration');
  const found = core.map(({ target, from }) => `${target} from ${from[0] ?? ''}`).join(', ');
  return duration === undefined ? found : `${found}; duration from ${duration.why}`;
}
