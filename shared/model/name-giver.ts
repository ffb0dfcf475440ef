/**
 * Who gave a caller the name that its calls stand under in a log, where no credential shows it: the gateway that let it in as its consumer, the cloud that
 * checked its key, the application that noted which user it worked for, the caller itself, or a log that does not say whose word it is (the user of
 * an HTTP log-in, a field of a log).
 */
export const nameGivers = ['gateway', 'cloud', 'log', 'application', 'caller'] as const;
export type NameGiver = (typeof nameGivers)[number];

/** Formats whose names are not just a field of a log. Source: what each importer reads as consumer. */
const BY_FORMAT: Readonly<Record<string, NameGiver>> = {
  'kong-json': 'gateway', tyk: 'gateway', 'gravitee-json': 'gateway', 'apisix-json': 'gateway', 'azure-apim': 'gateway', apigee: 'gateway',
  'aws-apigw-json': 'gateway', 'aws-apigw-csv': 'gateway', 'aws-apigw-clf': 'gateway', 'aws-apigw-xml': 'gateway',
  'litellm-payload': 'gateway', 'litellm-spend': 'gateway',
  'aws-cloudtrail': 'cloud', 'aws-s3-access': 'cloud', 'aws-bedrock': 'cloud', 'k8s-audit': 'cloud',
  langfuse: 'application', 'openai-calls': 'application', 'chat-messages': 'application', helicone: 'application', portkey: 'application', 'cloudflare-ai-gateway': 'application',
  'mcp-inspector-history': 'caller', 'mcp-jsonrpc-lines': 'caller',
}; // prettier-ignore

/** Who gives names in a format of evidence. */
export const nameGiverOf = (format: string | undefined): NameGiver => BY_FORMAT[format ?? ''] ?? 'log';

/** Of several that give one name, the one whose word weighs most. */
export const firstOf = (givers: Iterable<NameGiver>): NameGiver | undefined => {
  const known = new Set(givers);
  return nameGivers.find((giver) => known.has(giver));
};

/** What such a name is called in a sentence before it: `gateway consumer billing`. */
export const NAME_WORDS: Readonly<Record<NameGiver, string>> = {
  gateway: 'gateway consumer',
  cloud: 'identity in the cloud’s log',
  log: 'user in the log',
  application: 'user whom the application names',
  caller: 'name that it gives itself',
};
