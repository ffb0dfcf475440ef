import type { CallJson } from '../../../../contract/report-json.ts';
import type { StoredBody, StoredDetail } from '../../../intake/masking/masked-call.ts';
import { withoutFingerprints } from '../../../intake/masking/token.ts';
import type { Header } from '../../../../model/call.ts';
import { startOfCall } from '../../../../model/call-start.ts';
import { epochMicros, printTime } from '../../../../model/units.ts';
import { UNKNOWN_HOST } from '../../../../model/unknown-host.ts';
import { UNKNOWN_TIME } from '../../../../model/unknown-time.ts';
import { canonicalJson } from '../../../../lib/canonical-json.ts';
import { callReader } from '../../../store/read/calls/calls.ts';
import { getMergedDetail } from '../../../store/read/calls/call-detail.ts';
import { toExportedCall } from '../../../store/read/calls/exported-call.ts';
import { epochMicrosOf, urlOf } from '../call-words.ts';
import type { CallSource, FileFormat } from '../export-format.ts';
import type { ScannedOutput } from '../scan/scanned-output.ts';

/** Headers that carry who somebody is: never in a HAR that is handed on, masked or not. */
const LEFT_OUT = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'cookie2',
  'set-cookie',
  'set-cookie2',
  'x-api-key',
  'x-auth-token',
]);

const clean = (text: string): string => withoutFingerprints(text);

const headersOf = (
  headers: readonly Header[] | undefined,
  ...others: readonly (readonly [string, string | undefined])[]
): readonly object[] => {
  const kept = (headers ?? []).filter(([name]) => !LEFT_OUT.has(name.toLowerCase()) && !name.startsWith(':'));
  const names = new Set(kept.map(([name]) => name.toLowerCase()));
  const added = others.flatMap(([name, value]) => (value === undefined || names.has(name) ? [] : [[name, value] as const]));
  return [...kept, ...added].map(([name, value]) => ({ name: clean(name), value: clean(value) }));
};

/** A whole address, also of a call whose record has a path alone: readers of HAR refuse a file for one that is not. */
function harUrl(call: CallJson): string {
  const url = urlOf(call) ?? '';
  if (call.host !== undefined) return url;
  return `http://${UNKNOWN_HOST}${url.startsWith('/') ? '' : '/'}${url}`;
}

/** The parameters of the URL, as they are written there. */
const queryString = (query: string | undefined): readonly object[] =>
  query === undefined || query === ''
    ? []
    : query.split('&').map((part) => {
        const at = part.indexOf('=');
        return { name: at === -1 ? part : part.slice(0, at), value: at === -1 ? '' : part.slice(at + 1) };
      });

const textOf = (body: StoredBody | undefined): string | undefined => (body?.text === undefined ? undefined : clean(body.text));

/** Sizes that HAR does not know are -1, as are phases. */
const UNKNOWN = -1;

/** HAR 1.2 knows the start alone. */
const startedAt = ({ time, timeKind, durationMs }: CallJson): string =>
  time === undefined ? UNKNOWN_TIME : printTime(epochMicros(startOfCall(epochMicrosOf(time), timeKind, durationMs)));

function toEntry(call: CallJson, detail: StoredDetail): object {
  const { requestBody, responseBody } = detail;
  const [sent, received] = [textOf(requestBody), textOf(responseBody)];
  const timings = Object.fromEntries(detail.timings ?? []);
  const duration = call.durationMs ?? UNKNOWN;
  return {
    startedDateTime: startedAt(call),
    time: duration,
    request: {
      method: call.method ?? 'UNKNOWN',
      url: harUrl(call),
      httpVersion: 'unknown',
      cookies: [],
      headers: headersOf(detail.requestHeaders, ['user-agent', call.userAgent], ['referer', call.referer]),
      queryString: queryString(call.query),
      headersSize: UNKNOWN,
      bodySize: call.reqBytes ?? UNKNOWN,
      ...(sent === undefined ? {} : { postData: { mimeType: requestBody?.mime ?? '', text: sent } }),
    },
    response: {
      status: call.status ?? 0,
      statusText: '',
      httpVersion: 'unknown',
      cookies: [],
      headers: headersOf(detail.responseHeaders, ['content-type', call.contentType]),
      content: {
        size: responseBody?.bytes ?? call.resBytes ?? UNKNOWN,
        mimeType: responseBody?.mime ?? call.contentType ?? '',
        ...(received === undefined ? {} : { text: received }),
      },
      redirectURL: '',
      headersSize: UNKNOWN,
      bodySize: call.resBytes ?? UNKNOWN,
    },
    cache: {},
    timings: { send: UNKNOWN, wait: duration, receive: UNKNOWN, ...timings },
    comment: call.ref,
  };
}

/** Writes the calls of the selection as HAR 1.2, one entry a line; gives their number. Headers and bodies only in the internal profile. Calls without URL and method are left out: HAR has no place for them. */
export async function writeHar(source: CallSource, output: Pick<ScannedOutput, 'write'>, limit = Infinity): Promise<number> {
  const { db, codec, version, selection, hide, breathe } = source;
  const detailOf = (id: number): StoredDetail => (hide.profile === 'internal' ? hide.json(getMergedDetail(db, codec, id)) : {});
  output.write(`{"log":{"version":"1.2","creator":${canonicalJson({ name: 'Spoor', version })},"pages":[],"entries":[`);
  let count = 0;
  for (const row of callReader(db).iterate(selection)) {
    if (count >= limit) break;
    if (row.method === undefined && urlOf(row) === undefined) continue;
    output.write(`${count === 0 ? '\n' : ',\n'}${canonicalJson(toEntry(hide.call(toExportedCall(row)), detailOf(row.id)))}`);
    count += 1;
    await breathe();
  }
  output.write('\n]}}\n');
  return count;
}

/** Calls with their masked bodies for any program that reads captures. */
export const har: FileFormat = {
  kind: 'file',
  ofCalls: true,
  id: 'har',
  title: 'HAR',
  holds:
    'Calls as HAR 1.2, with bodies as the case keeps them: secrets masked, cookies and credentials left out. Imports again with the same calls. A query narrows it down.',
  ending: 'har',
  async write(source, output) {
    await writeHar(source, output);
  },
};
