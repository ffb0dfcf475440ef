import { isJsonObject } from '../../../lib/json.ts';
import { splitHostPort, splitPath } from '../../../lib/request-target.ts';
import type { Header, ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import type { DurationMs } from '../../../model/units.ts';
import { readAzure, type AzureCategory, readAzureTime, toAzureNames } from '../azure/azure-record.ts';
import type { RecordImporter } from '../importer.ts';
import { toCount, toNumber, toStatus } from '../read/fields.ts';
import type { RecordFields } from '../read/record-fields.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';

/** What version 1 puts in front of, or in place of, the client's query. */
const GATEWAY_QUERY = /X-AzureApplicationGateway-|SERVER-ROUTED=|SERVER-STATUS=/;

const accesses: AzureCategory = {
  isRead: (category) => category === 'ApplicationGatewayAccessLog',
  isSibling: (category) => category.startsWith('ApplicationGateway'),
  isCall: (fields) => fields.has('httpmethod') && fields.has('requesturi'),
};

/**
 * Access logs of Azure's Application Gateway, versions 1 and 2.
 * Source: Microsoft's monitoring reference. Version 1 writes `timeTaken` in milliseconds and version 2 in seconds, under one name.
 */
export const azureAppGateway = {
  id: 'azure-app-gateway',
  title: 'Azure Application Gateway access log',
  extensions: ['.json', '.jsonl', '.ndjson', '.csv'],
  holds:
    'time to the second, duration, client, method, host, URL, status of both sides, sizes, user agent, TLS, rule, pool and server; no headers or bodies',
  recognize: (head) =>
    recognizeByKeys(head, 'Application Gateway', (keys) => {
      const names = toAzureNames(keys);
      if (!names.has('httpmethod') || !names.has('requesturi') || !names.has('instanceid')) return undefined;
      return names.has('clientport') && names.has('timetaken') && names.has('httpstatus') ? 'certain' : 'likely';
    }),
  records: 'json',
  shape: 'not an access record of Application Gateway',
  independent: true,
  isCertain: ({ value }) => isJsonObject(value) && value['category'] === 'ApplicationGatewayAccessLog',
  open: () => readAzure(accesses, toCall),
} as const satisfies RecordImporter;

function toCall(fields: RecordFields, text: string): ImportedCall {
  const query = fields.text('requestquery');
  const isInternal = query !== undefined && GATEWAY_QUERY.test(query);
  const routed = isInternal ? /(?:^|&)SERVER-ROUTED=([^&]+)/.exec(query)?.[1] : undefined;
  const target = toTarget(fields, isInternal ? undefined : query);
  const { durationMs: taken, unit } = toDuration(fields);
  const extras: Header[] = [['time-taken-unit', unit]];
  if (isInternal) extras.push(['gateway-query', query]);
  else if (query !== undefined && query !== target.query) extras.push(['requestQuery', query]);
  const call: ImportedCall = {
    ...readAzureTime(fields),
    durationMs: taken,
    method: fields.text('httpmethod'),
    scheme: toScheme(fields.text('sslenabled')),
    ...splitHostPort(fields.text('originalhost', 'host') ?? ''),
    ...target,
    status: toStatus(fields.take('httpstatus')),
    reqBytes: toCount(fields.take('receivedbytes')),
    resBytes: toCount(fields.take('sentbytes')),
    clientIp: fields.text('clientip'),
    userAgent: fields.text('useragent'),
    requestId: fields.text('transactionid'),
    upstream: fields.text('serverrouted') ?? routed,
    route: fields.text('rulename'),
    service: fields.text('backendpoolname'),
    contentType: fields.text('contenttype'),
    timings: toTimings(fields),
  };
  return { ...call, extras: [...extras, ...fields.rest()], rawText: text };
}

/** The client's own URL where the gateway rewrote it; version 1 has only the path. */
function toTarget(fields: RecordFields, query: string | undefined): Pick<ImportedCall, 'path' | 'query'> {
  const original = fields.text('originalrequesturiwithargs');
  if (original !== undefined) return splitPath(original);
  const { path, query: own } = splitPath(fields.text('requesturi') ?? '');
  return { path, query: own ?? query };
}

/**
 * Version 1 counts milliseconds, version 2 seconds. The instance's name tells the version (`ApplicationGatewayRole_IN_0`,
 * `appgw_1`), else the names of listener or rule, which only version 2 has; a fraction is never of version 1.
 */
function toDuration(fields: RecordFields): { readonly durationMs: DurationMs | undefined; readonly unit: 's' | 'ms' } {
  const taken = toNumber(fields.take('timetaken'));
  const instance = fields.text('instanceid') ?? '';
  const named = instance.startsWith('ApplicationGatewayRole') ? 1 : instance.startsWith('appgw') ? 2 : undefined;
  const version = named ?? (fields.has('listenername') || fields.has('transactionid') ? 2 : 1);
  const isSeconds = version === 2 || (taken !== undefined && !Number.isInteger(taken));
  const unit = isSeconds ? 's' : 'ms';
  if (taken === undefined || taken < 0) return { durationMs: undefined, unit };
  return { durationMs: durationMs(isSeconds ? Math.round(taken * 1e6) / 1000 : taken), unit };
}

function toScheme(sslEnabled: string | undefined): string | undefined {
  if (sslEnabled === 'on') return 'https';
  return sslEnabled === 'off' ? 'http' : undefined;
}

/** Seconds, in version 2 only. */
function toTimings(fields: RecordFields): ImportedCall['timings'] {
  const names = [
    ['server', fields.take('serverresponselatency')],
    ['client', fields.take('clientresponsetime')],
    ['waf', fields.take('wafevaluationtime')],
  ] as const;
  const timings = names.flatMap(([phase, value]): [string, number][] => {
    const seconds = toNumber(value);
    return seconds === undefined || seconds < 0 ? [] : [[phase, Math.round(seconds * 1e6) / 1000]];
  });
  return timings.length === 0 ? undefined : timings;
}
