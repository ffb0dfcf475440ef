import { isJsonObject } from '../../../lib/json.ts';
import type { Json } from '../../../lib/json.ts';
import { splitUrl } from '../../../lib/request-target.ts';
import type { Header, ImportedBody, ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import { readAzure, type AzureCategory, readAzureTime, toAzureNames } from '../azure/azure-record.ts';
import type { RecordImporter } from '../importer.ts';
import { findHeader, toCount, toHeaders, toNumber, toStatus } from '../read/fields.ts';
import type { RecordFields } from '../read/record-fields.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';

const accesses: AzureCategory = {
  isRead: (category) => category === 'GatewayLogs',
  // GatewayLlmLogs count the tokens of calls that have a record of their own.
  isSibling: (_, fields) => fields.has('correlationid'),
  isCall: (fields) => fields.has('responsecode') || fields.has('method') || fields.has('url'),
};

/**
 * Gateway logs of Azure API Management.
 * Source: Microsoft's gateway log schema. Times are milliseconds; `backendTime` may exceed the whole duration; bodies are kept up
 * to the length that the operator set, and `truncated` tells that one was cut.
 */
export const azureApim = {
  id: 'azure-apim',
  title: 'Azure API Management gateway log',
  extensions: ['.json', '.jsonl', '.ndjson', '.csv'],
  holds:
    'time, durations, client, method, URL, status of both sides, sizes, user and subscription ids, API, operation, back end, TLS; headers and bodies where they are switched on',
  recognize: (head) =>
    recognizeByKeys(head, 'API Management', (keys) => {
      const names = toAzureNames(keys);
      if (!names.has('responsecode') || !names.has('url') || !names.has('method')) return undefined;
      const marks = [
        'apiid',
        'apimsubscriptionid',
        'backendresponsecode',
        'backendtime',
        'calleripaddress',
        'isrequestsuccess',
        'operationid',
      ];
      return marks.filter((mark) => names.has(mark)).length >= 3 ? 'certain' : undefined;
    }),
  records: 'json',
  shape: 'not a gateway record of API Management',
  independent: true,
  isCertain: ({ value }) =>
    isJsonObject(value) &&
    value['category'] === 'GatewayLogs' &&
    isJsonObject(value['properties']) &&
    'responseCode' in value['properties'],
  open: () => readAzure(accesses, toCall),
} as const satisfies RecordImporter;

function toCall(fields: RecordFields, text: string): ImportedCall {
  const total = toNumber(fields.take('durationms', 'totaltime'));
  const { scheme, host, port, path, query } = splitUrl(fields.text('url') ?? '');
  const backend = splitUrl(asText(fields.take('backendurl')) ?? '');
  const requestHeaders = readHeaders(fields.take('requestheaders'));
  const responseHeaders = readHeaders(fields.take('responseheaders'));
  const backendHeaders = readHeaders(fields.take('backendrequestheaders'));
  const isCut = fields.text('truncated')?.toLowerCase() === 'true';
  const apiId = fields.text('apiid');
  const operationId = fields.text('operationid');
  const call: ImportedCall = {
    ...readAzureTime(fields),
    durationMs: total === undefined || total < 0 ? undefined : durationMs(total),
    method: fields.text('method'),
    scheme,
    host,
    port,
    path,
    query,
    status: toStatus(fields.take('responsecode')),
    reqBytes: toCount(fields.take('requestsize')),
    resBytes: toCount(fields.take('responsesize')),
    clientIp: fields.text('calleripaddress'),
    forwardedFor: findHeader(requestHeaders, 'x-forwarded-for'),
    userAgent: findHeader(requestHeaders, 'user-agent'),
    referer: findHeader(requestHeaders, 'referer'),
    requestHeaders,
    responseHeaders,
    backendHeaders,
    requestBody: toBody(fields.take('requestbody'), findHeader(requestHeaders, 'content-type'), isCut),
    responseBody: toBody(fields.take('responsebody'), findHeader(responseHeaders, 'content-type'), isCut),
    consumer: fields.text('userid'),
    credentialId: fields.text('apimsubscriptionid'),
    requestId: fields.text('correlationid'),
    upstream: backend.host === undefined || backend.port === undefined ? backend.host : `${backend.host}:${String(backend.port)}`,
    route: operationId === undefined ? apiId : `${apiId ?? ''}/${operationId}`,
    service: apiId ?? fields.text('backendid'),
    contentType: findHeader(responseHeaders, 'content-type'),
    timings: toTimings(fields),
  };
  const target = backend.path === undefined ? undefined : `${backend.path}${backend.query === undefined ? '' : `?${backend.query}`}`;
  const extras: readonly Header[] = [...(target === undefined ? [] : [['backend-target', target] as const]), ...fields.rest()];
  return { ...call, extras: extras.length === 0 ? undefined : extras, rawText: text };
}

const asText = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

/** An object of headers, or its text in tables of Log Analytics. */
function readHeaders(value: Json | undefined): readonly Header[] | undefined {
  if (typeof value !== 'string') return toHeaders(value);
  try {
    return toHeaders(JSON.parse(value));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function toBody(value: Json | undefined, mime: string | undefined, isCut: boolean): ImportedBody | undefined {
  if (value === undefined) return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { text, mime, encoding: 'text', bytes: undefined, note: isCut ? 'the gateway cut bodies of this record' : undefined };
}

function toTimings(fields: RecordFields): ImportedCall['timings'] {
  const names = [
    ['backend', fields.take('backendtime')],
    ['client', fields.take('clienttime')],
    ['cache', fields.take('cachetime')],
  ] as const;
  const timings = names.flatMap(([phase, value]): [string, number][] => {
    const ms = toNumber(value);
    return ms === undefined || ms < 0 ? [] : [[phase, ms]];
  });
  return timings.length === 0 ? undefined : timings;
}
