import { seededRandom } from '../../large/random.ts';
import type { Exchange } from '../core/exchange.ts';
import type { Writer } from '../core/source.ts';
import { isPassedOn, toAmazonTraceId } from './parts.ts';
import { toClfTime } from './stamps.ts';

/** One stage of one REST API. */
export interface ApiGatewayStage {
  readonly apiId: string;
  readonly stage: string;
}

const keyIds = new Map<string, string>();
/** The id that API Gateway gives to a key: ten letters and digits, the same in every line. */
function toKeyId(consumer: string): string {
  let found = keyIds.get(consumer);
  if (found === undefined) keyIds.set(consumer, (found = seededRandom(`api-gateway/${consumer}`).base32(10)));
  return found;
}

/** What the authorizer and the key say of who calls; `-` for what it knows nothing of. */
function toCaller({ credential, party }: Exchange): Readonly<Record<string, string>> {
  const subject = credential === undefined || credential.kind === 'api-key' ? '-' : credential.subject;
  return {
    apiKeyId: credential?.kind === 'api-key' ? toKeyId(party.consumer?.id ?? party.id) : '-',
    principalId: subject,
    'authorizer.claims.sub': credential?.kind === 'jwt' ? subject : '-',
  };
}

/**
 * Access log of a REST API of AWS API Gateway in JSON, with the variables that its operators usually add to the console's preset.
 * Source: AWS developer guide, "$context variables for access logging": every value is a text, `-` for null; latencies in whole ms.
 */
export const apiGateway = ({ apiId, stage }: ApiGatewayStage): Writer => ({
  format: 'aws-apigw-json',
  shows: 'consumer',
  orderedBy: 'end',
  write: ({ exchange, start, random, showsIds }) => {
    const { from, host, method, path, operation, status, responseBytes, headers } = exchange;
    const latency = Math.round(exchange.durationMs);
    const passed = operation !== undefined && isPassedOn(exchange) && ![401, 403, 429].includes(status);
    const extended = random.base32(11);
    return JSON.stringify({
      requestId: exchange.requestId,
      extendedRequestId: `${extended.slice(0, 1).toUpperCase()}${extended.slice(1)}EqHhw=`,
      apiId,
      stage,
      domainName: host,
      ip: from,
      caller: '-',
      user: '-',
      ...toCaller(exchange),
      requestTime: toClfTime(start, 0),
      requestTimeEpoch: String(Math.floor(start)),
      httpMethod: method,
      resourcePath: operation?.path ?? '/{proxy+}',
      path,
      status: String(status),
      protocol: 'HTTP/1.1',
      responseLength: String(responseBytes),
      responseLatency: String(latency),
      integrationLatency: passed ? String(Math.max(0, latency - random.int(0, 4))) : '-',
      integrationStatus: passed ? '200' : '-',
      userAgent: headers['user-agent'] ?? '-',
      xrayTraceId: showsIds ? toAmazonTraceId(exchange) : '-',
    });
  },
});
