import { isJsonObject } from '../../../lib/json.ts';
import { splitHostPort, splitUrl } from '../../../lib/request-target.ts';
import type { Header, ImportedCall } from '../../../model/call.ts';
import { durationMs } from '../../../model/units.ts';
import { readAzure, type AzureCategory, readAzureTime, toAzureNames, toAzureText } from '../azure/azure-record.ts';
import type { RecordImporter } from '../importer.ts';
import { toCount, toNumber, toStatus } from '../read/fields.ts';
import type { RecordFields } from '../read/record-fields.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';

const accesses: AzureCategory = {
  isRead: (category) => /accesslog$/i.test(category),
  isSibling: (category) => /^frontdoor/i.test(category),
  isCall: (fields) => fields.has('trackingreference') && fields.has('httpmethod'),
};

/**
 * Access logs of Azure Front Door, classic and standard or premium.
 * Source: Microsoft's Front Door monitoring reference. All numbers are texts, times are seconds, and the URL names its port.
 */
export const azureFrontDoor = {
  id: 'azure-front-door',
  title: 'Azure Front Door access log',
  extensions: ['.json', '.jsonl', '.ndjson', '.csv'],
  holds:
    'time, duration, time to first byte, client, method, URL, status, sizes, user agent, referer, TLS, origin, rule and cache; no headers or bodies',
  recognize: (head) =>
    recognizeByKeys(head, 'Front Door', (keys) => {
      const names = toAzureNames(keys);
      return names.has('trackingreference') && names.has('httpmethod') && names.has('requesturi') ? 'certain' : undefined;
    }),
  records: 'json',
  shape: 'not an access record of Front Door',
  independent: true,
  isCertain: ({ value }) => isJsonObject(value) && typeof value['category'] === 'string' && /^frontdooraccesslog$/i.test(value['category']),
  open: () => readAzure(accesses, toCall),
} as const satisfies RecordImporter;

function toCall(fields: RecordFields, text: string): ImportedCall {
  const taken = toNumber(fields.take('timetaken'));
  const firstByte = toNumber(fields.take('timetofirstbyte'));
  const { scheme, host, port, path, query } = splitUrl(fields.text('requesturi') ?? '');
  const named = splitHostPort(fields.text('hostname') ?? '');
  const originUrl = toAzureText(fields.text('originurl'));
  const call: ImportedCall = {
    ...readAzureTime(fields),
    durationMs: taken === undefined || taken < 0 ? undefined : durationMs(toMs(taken)),
    method: fields.text('httpmethod'),
    scheme: scheme ?? fields.text('requestprotocol')?.toLowerCase(),
    host: host ?? named.host,
    port: host === undefined ? named.port : port,
    path,
    query,
    status: toStatus(fields.take('httpstatuscode')),
    reqBytes: toCount(fields.take('requestbytes')),
    resBytes: toCount(fields.take('responsebytes')),
    clientIp: fields.text('clientip'),
    userAgent: fields.text('useragent'),
    referer: fields.text('referer'),
    requestId: fields.text('trackingreference'),
    upstream: toAzureText(fields.text('originip')) ?? splitUrl(originUrl ?? '').host,
    route: toAzureText(fields.text('routingrulename')),
    service: toAzureText(fields.text('endpoint')),
    timings: firstByte === undefined || firstByte < 0 ? undefined : [['first-byte', toMs(firstByte)]],
  };
  const rest = fields.rest().filter(([, value]) => toAzureText(value) !== undefined);
  const extras: readonly Header[] = originUrl === undefined ? rest : [...rest, ['originUrl', originUrl]];
  return { ...call, extras: extras.length === 0 ? undefined : extras, rawText: text };
}

const toMs = (seconds: number): number => Math.round(seconds * 1e6) / 1000;
