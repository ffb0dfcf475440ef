import { isJsonObject } from '../../../lib/json.ts';
import { apiGatewayNotes, createNames, isGatewayRecord, openGatewayFields, toGatewayCall } from '../aws/api-gateway.ts';
import type { LogRecord, RecordImporter } from '../importer.ts';
import { recognizeByKeys } from '../read/recognize-keys.ts';

/** Variables that only API Gateway has, as their letters. */
const OWN_NAMES = [
  'extendedrequestid',
  'routekey',
  'resourcepath',
  'responselength',
  'responselatency',
  'integrationlatency',
  'integrationstatus',
  'requesttimeepoch',
  'connectionid',
  'apiid',
];

/** Access logs of AWS API Gateway whose format is JSON: REST, HTTP and WebSocket APIs. */
export const awsApigwJson = {
  id: 'aws-apigw-json',
  title: 'AWS API Gateway access log (JSON)',
  extensions: ['.json', '.jsonl', '.ndjson', '.log'],
  holds:
    'time, method, resource or path, status, response size, client, principal and request ids; durations, key id and authorizer where the log format names them; no bodies',
  recognize(head) {
    const toName = createNames();
    return recognizeByKeys(head, 'API Gateway', (keys) => {
      const names = new Set([...keys].map(toName));
      const isRecord = isGatewayRecord({ take: () => undefined, text: () => undefined, has: (name) => names.has(name), rest: () => [] });
      if (!isRecord) return undefined;
      return OWN_NAMES.filter((name) => names.has(name)).length >= 2 ? 'certain' : 'likely';
    });
  },
  records: 'json',
  shape: 'not a record of API Gateway: no request id with a time and a method, resource or route',
  independent: true,
  isCertain: ({ value }) =>
    isJsonObject(value) && 'requestId' in value && 'requestTime' in value && ('routeKey' in value || 'resourcePath' in value),
  notes: apiGatewayNotes,
  open({ zoneOffsetMinutes }) {
    const toName = createNames();
    return ({ record, at, value, text }: LogRecord) => {
      if (!isJsonObject(value)) return undefined;
      const fields = openGatewayFields(value, toName);
      if (!isGatewayRecord(fields)) return undefined;
      return { kind: 'call', record, at, call: toGatewayCall(fields, text, zoneOffsetMinutes) };
    };
  },
} as const satisfies RecordImporter;
