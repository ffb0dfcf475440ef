import { CLF_TIME_LENGTH, looksLikeClfTime } from '../../../lib/iso-time.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { GATEWAY_ID, gatewayLines, isGatewayClient, recognizeGatewayLines, toRequestFields } from '../aws/gateway-lines.ts';
import type { RecordImporter } from '../importer.ts';

/** Status, length where the preset has it, request id, and what an operator put after it. */
const TAIL = new RegExp(`^(\\d{3}|-) (?:(\\d+|-) )?(${GATEWAY_ID})(?: (\\S+))?(?: (.+))?$`);

/**
 * Access logs of AWS API Gateway in the console's common-log preset: the request id at the end tells them from Apache's.
 * Source: API Gateway developer guide; REST, HTTP and WebSocket presets.
 */
export const awsApigwClf = {
  id: 'aws-apigw-clf',
  title: 'AWS API Gateway access log (CLF)',
  extensions: ['.log', '.txt'],
  holds:
    'time to the second, client, principal, method, resource, status, response size and request ids; no host, duration, headers or bodies',
  shape: 'not client, caller, user, [time], "request", status, length, request id',
  recognize: (head) => recognizeGatewayLines(head, splitLine, 'common-log lines with a request id'),
  ...gatewayLines(splitLine),
} as const satisfies RecordImporter;

function splitLine(line: string): JsonObject | undefined {
  const timeAt = line.indexOf(' [') + 2;
  if (timeAt === 1 || !looksLikeClfTime(line, timeAt)) return undefined;
  const requestAt = timeAt + CLF_TIME_LENGTH + 3;
  if (line.slice(requestAt - 3, requestAt) !== '] "') return undefined;
  const requestEnd = line.lastIndexOf('" ');
  if (requestEnd < requestAt) return undefined;
  const tail = TAIL.exec(line.slice(requestEnd + 2));
  if (tail === null) return undefined;
  const [ip = '', caller = '', ...user] = line.slice(0, timeAt - 2).split(' ');
  if (!isGatewayClient(ip)) return undefined;
  const [, status = '', length = '', requestId = '', extendedRequestId = '', more = ''] = tail;
  const request = line.slice(requestAt, requestEnd);
  const first = request.indexOf(' ');
  const last = request.lastIndexOf(' ');
  return {
    ip,
    caller,
    user: user.join(' '),
    requestTime: line.slice(timeAt, timeAt + CLF_TIME_LENGTH),
    ...toRequestFields(
      request.slice(0, Math.max(0, first)),
      request.slice(first + 1, last > first ? last : undefined),
      last > first ? request.slice(last + 1) : '',
    ),
    status,
    responseLength: length,
    requestId,
    extendedRequestId,
    'rest-of-line': more,
  };
}
