import { toKnownText } from '../read/fields.ts';

/** The service of an Envoy cluster: `outbound|8080||orders.shop.svc.cluster.local` names it last; other clusters are names of their own. */
export function toService(cluster: string | undefined): string | undefined {
  const parts = cluster?.split('|') ?? [];
  return parts.length === 4 ? (toKnownText(parts[3]) ?? cluster) : cluster;
}
