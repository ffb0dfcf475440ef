import { entryOf } from '../../../lib/entry-of.ts';
import type { ImportedCall } from '../../../model/call.ts';
import type { Imported, LogRecord, RecordImporter } from '../importer.ts';
import { headText } from '../../../lib/text-bytes.ts';
import { toExtras } from '../read/fields.ts';
import { toIssue } from '../read/reading.ts';
import { createW3cRows } from '../w3c/w3c-call.ts';
import { toLayout, type W3cLayout } from '../w3c/w3c-layout.ts';
import { readWindowsEvent, type WindowsEvent } from '../w3c/windows-event.ts';

const PROVIDER = 'Microsoft-Windows-IIS-Logging';
/** At the start of a line or behind another element: events behind the prefix of another program wear an envelope. */
const SIGNATURE = /(?:^|[\n>])\s{0,20}<Event [^<>]{0,200}>\s{0,20}<System>[^]{0,200}?<Provider Name=["']Microsoft-Windows-IIS-Logging["']/;

/** Names that events spell differently from the log files of IIS. */
const NAMES: Readonly<Record<string, string>> = {
  'csUser-Agent': 'cs(User-Agent)',
  csCookie: 'cs(Cookie)',
  csReferer: 'cs(Referer)',
};

/**
 * IIS calls as Windows events in XML, one `<Event>` a line, as `wevtutil` and log forwarders write them.
 * Source: Microsoft, "Enhanced logging for IIS 8.5": the events carry the columns of the W3C log. The time is theirs; the
 * event's own `SystemTime` is when IIS flushed it, seconds later.
 */
export const iisEtw = {
  id: 'iis-etw',
  title: 'IIS calls as Windows events (XML)',
  extensions: ['.xml', '.log'],
  holds: 'what IIS was told to log: mostly time, duration, client, user, method, path, status, sizes and user agent; no bodies',
  recognize(head) {
    return SIGNATURE.test(headText(head))
      ? { strength: 'magic', why: `Windows events of the provider ${PROVIDER}` }
      : { strength: 'none', why: `no Windows event of ${PROVIDER}` };
  },
  records: 'lines',
  shape: 'not an <Event> of Windows on one line',
  independent: true,
  isCertain: ({ text }) => text.startsWith('<Event') && text.includes(PROVIDER),
  open({ zoneOffsetMinutes }) {
    const toCall = createW3cRows(zoneOffsetMinutes);
    const layoutOf = createLayouts();
    return (record) =>
      toImported(record, (event, line) =>
        toCall(
          layoutOf(event),
          event.data.map(([, value]) => value),
          line,
        ),
      );
  },
} as const satisfies RecordImporter;

/** Events of one server have the same fields, mostly in the same order. */
function createLayouts(): (event: WindowsEvent) => W3cLayout {
  let lastNames = '';
  let last: W3cLayout | undefined;
  return ({ data }) => {
    const names = data.map(([name]) => entryOf(NAMES, name) ?? name);
    const joined = names.join('\n');
    if (last === undefined || joined !== lastNames) last = toLayout(names, 'Microsoft');
    lastNames = joined;
    return last;
  };
}

/** What stands around the events of a file: declaration, root element. */
const FRAME = /^\s*(?:<\?xml [^<>]*\?>|<\/?Events>)\s*$/;

function toImported(
  record: LogRecord,
  toCall: (event: WindowsEvent, line: string) => ImportedCall,
): Imported | readonly Imported[] | undefined {
  const { text } = record;
  if (FRAME.test(text)) return [];
  const event = readWindowsEvent(text);
  if (event === undefined) return undefined;
  if (event.provider !== PROVIDER)
    return toIssue('skip', 'NOT_HTTP', `an event of ${(event.provider ?? 'another provider').slice(0, 60)}`, record, text);
  const call = toCall(event, text);
  if (call.method === undefined && call.path === undefined && call.status === undefined)
    return toIssue('reject', 'FIELD_MISSING', 'neither method, path nor status in the event', record, text);
  return { kind: 'call', record: record.record, at: record.at, call: { ...call, extras: toEventExtras(call.extras, event) } };
}

const toEventExtras = (extras: readonly (readonly [string, string])[] | undefined, event: WindowsEvent): ReturnType<typeof toExtras> =>
  toExtras([...(extras ?? []), ['computer', event.computer], ['event-time', event.time]]);
