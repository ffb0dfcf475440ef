import type { RecordImporter } from '../importer.ts';
import { recognizeByLines } from '../read/line-vote.ts';
import { createW3cRows } from '../w3c/w3c-call.ts';
import { toLayout, type W3cLayout } from '../w3c/w3c-layout.ts';

/** CloudFront's columns in their order; it only ever appended some. Source: AWS CloudFront guide, "standard log files". */
const COLUMNS =
  'date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end'.split(
    ' ',
  );
/** Rows up to `time-taken`, which CloudFront wrote before 2014. */
const FEWEST_COLUMNS = 19;
/** More columns than CloudFront may come to write. */
const MOST_COLUMNS = 60;

const START = /^\d{4}-\d\d-\d\d\t\d\d:\d\d:\d\d\t[A-Z]{3}\d+(?:-\w+)?\t(?:\d+|-)\t/;

function splitRow(line: string): readonly string[] | undefined {
  if (!START.test(line)) return undefined;
  const values = line.split('\t');
  return values.length >= FEWEST_COLUMNS && values.length <= MOST_COLUMNS ? values : undefined;
}

/** CloudFront's standard log without its two header lines, as collectors forward it. */
export const cloudfrontPlain = {
  id: 'cloudfront-plain',
  title: 'CloudFront log without its header',
  extensions: ['.log', '.tsv', '.txt', '.gz'],
  holds:
    'time to the second, duration, client, method, host, path, query, status, sizes, referer, user agent, cookies where logged, request id; no bodies or other headers',
  recognize: (head) =>
    recognizeByLines(
      head,
      (line) => (splitRow(line) === undefined ? undefined : 'call'),
      'date, time, edge location and so on between tabs, as CloudFront writes them',
    ),
  records: 'lines',
  shape: 'not the columns of CloudFront between tabs',
  independent: true,
  isReread: true,
  isCertain: ({ text }) => splitRow(text) !== undefined,
  open: ({ zoneOffsetMinutes }) => {
    const toCall = createW3cRows(zoneOffsetMinutes);
    const layouts = new Map<number, W3cLayout>();
    return ({ record, at, text }) => {
      const values = splitRow(text);
      if (values === undefined) return undefined;
      const layout = layouts.get(values.length) ?? toLayout(namesOf(values.length), '');
      layouts.set(values.length, layout);
      return { kind: 'call', record, at, call: toCall(layout, values, text) };
    };
  },
} as const satisfies RecordImporter;

const namesOf = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => COLUMNS[index] ?? `column-${String(index + 1)}`);
