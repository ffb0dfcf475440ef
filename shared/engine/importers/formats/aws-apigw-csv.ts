import { CLF_TIME_LENGTH, looksLikeClfTime } from '../../../lib/iso-time.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { GATEWAY_ID, gatewayLines, isGatewayClient, recognizeGatewayLines, toRequestFields } from '../aws/gateway-lines.ts';
import type { RecordImporter } from '../importer.ts';

const ID = new RegExp(`^${GATEWAY_ID}$`);
/** Client, caller and user stand before the time; HTTP APIs have the client alone. */
const MOST_BEFORE_TIME = 3;

/**
 * Access logs of AWS API Gateway in the console's CSV preset, which has neither a header nor quotes.
 * Source: API Gateway developer guide. Commas inside of a path are kept: the protocol tells where it ends.
 */
export const awsApigwCsv = {
  id: 'aws-apigw-csv',
  title: 'AWS API Gateway access log (CSV without a header)',
  extensions: ['.csv', '.log', '.txt'],
  holds:
    'time to the second, client, principal, method, resource, status, response size and request ids; no host, duration, headers or bodies',
  shape: 'not client, caller, user, time, method, resource, protocol, status, length, request id',
  recognize: (head) => recognizeGatewayLines(head, splitLine, 'comma separated lines with a request id'),
  ...gatewayLines(splitLine),
} as const satisfies RecordImporter;

function splitLine(line: string): JsonObject | undefined {
  const fields = line.split(',');
  const timeIndex = fields.findIndex(
    (field, index) => index <= MOST_BEFORE_TIME && field.length === CLF_TIME_LENGTH && looksLikeClfTime(field, 0),
  );
  if (timeIndex < 1) return undefined;
  const [ip = '', caller = '', user = ''] = fields.slice(0, timeIndex);
  if (!isGatewayClient(ip)) return undefined;
  const [requestTime = '', method = '', ...rest] = fields.slice(timeIndex);
  const protocolIndex = Math.max(
    1,
    rest.findIndex((field) => field.startsWith('HTTP/')),
  );
  const status = rest[protocolIndex + 1] ?? '';
  const tail = rest.slice(protocolIndex + 2);
  const idIndex = tail.findIndex((field) => ID.test(field));
  if (!/^(?:\d{3}|-)$/.test(status) || idIndex === -1 || idIndex > 1) return undefined;
  return {
    ip,
    caller,
    user,
    requestTime,
    ...toRequestFields(method, rest.slice(0, protocolIndex).join(','), rest[protocolIndex] ?? ''),
    status,
    responseLength: idIndex === 1 ? (tail[0] ?? '') : '',
    requestId: tail[idIndex] ?? '',
    extendedRequestId: tail[idIndex + 1] ?? '',
    'rest-of-line': tail.slice(idIndex + 2).join(','),
  };
}
