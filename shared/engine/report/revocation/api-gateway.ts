import type { PacketFile } from '../../../contract/revocation.ts';
import { gatewayIdOf, isLive, type PacketEntry } from './packet-entry.ts';
import { jsonText } from './quote.ts';

/** What the authorizer compares; of a key its id at the gateway, where the evidence has it. */
function ruleOf(entry: PacketEntry): object {
  const { kind, iss, sub, jti, iat, row } = entry;
  const claims =
    jti !== undefined ? { jti } : { ...(sub === undefined ? {} : { sub }), ...(iat === undefined ? {} : { issuedUpTo: Math.floor(iat) }) };
  return {
    credential: row.credential,
    ...(kind === 'jwt' ? { claims: { ...(iss === undefined ? {} : { iss }), ...claims } } : {}),
    ...(kind === 'api-key' ? { disableApiKey: gatewayIdOf(entry) ?? 'REPLACE-WITH-THE-ID-OF-THE-KEY' } : {}),
  };
}

/** A deny list for a Lambda authorizer of AWS API Gateway, with the answer that it gives for what is on it. */
export function apiGateway(entries: readonly PacketEntry[]): readonly PacketFile[] {
  const live = entries.filter((entry) => isLive(entry) && (entry.kind === 'jwt' || entry.kind === 'api-key'));
  if (live.length === 0) return [];
  const draft = {
    denyWhen: live.map(ruleOf),
    answer: {
      principalId: 'revoked',
      policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: 'Deny', Resource: '*' }] },
    },
  };
  return [{ name: 'gateways/aws-api-gateway.json', text: jsonText(draft) }];
}
