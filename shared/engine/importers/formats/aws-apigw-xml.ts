import type { Json, JsonObject } from '../../../lib/json.ts';
import { gatewayLines, recognizeGatewayLines } from '../aws/gateway-lines.ts';
import type { RecordImporter } from '../importer.ts';

const START = /^\s*<request id="([^"]*)">/;
const ELEMENT = /<([A-Za-z]\w*)>([^<]*)<\//g;

/** Access logs of AWS API Gateway in the console's XML preset: one element a line. Source: API Gateway developer guide. */
export const awsApigwXml = {
  id: 'aws-apigw-xml',
  title: 'AWS API Gateway access log (XML)',
  extensions: ['.xml', '.log', '.txt'],
  holds:
    'time to the second, client, principal, method, resource, status, response size and request ids; no host, duration, headers or bodies',
  shape: 'not <request id="…"> with its elements and its end',
  recognize: (head) => recognizeGatewayLines(head, splitLine, '<request> elements'),
  ...gatewayLines(splitLine),
} as const satisfies RecordImporter;

function splitLine(line: string): JsonObject | undefined {
  const requestId = START.exec(line)?.[1];
  if (requestId === undefined || !line.trimEnd().endsWith('</request>')) return undefined;
  const value: Record<string, Json> = { requestId };
  for (const [, name = '', text = ''] of line.matchAll(ELEMENT)) value[name] = text;
  return 'requestTime' in value && 'status' in value ? value : undefined;
}
