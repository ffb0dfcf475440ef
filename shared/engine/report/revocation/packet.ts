import type { PacketFile } from '../../../contract/revocation.ts';
import { apiGateway } from './api-gateway.ts';
import { checklist } from './checklist.ts';
import { envoy } from './envoy.ts';
import { kong } from './kong.ts';
import { nginx } from './nginx.ts';
import type { PacketContext, PacketEntry } from './packet-entry.ts';
import { revocationRequests } from './revocation-requests.ts';
import { securityEvents } from './security-events.ts';

type PacketPart = (entries: readonly PacketEntry[], context: PacketContext) => readonly PacketFile[];

/** PACKET REGISTRY: what a revocation packet holds, in the order of its files. */
const parts: readonly PacketPart[] = [checklist, revocationRequests, securityEvents, kong, nginx, envoy, apiGateway];

/** The drafts for some credentials of the plan. Nothing of them is sent by anyone but the reader. */
export const packetFiles = (entries: readonly PacketEntry[], context: PacketContext): readonly PacketFile[] =>
  parts.flatMap((part) => part(entries, context));
