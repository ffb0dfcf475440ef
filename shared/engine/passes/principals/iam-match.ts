import { claimText } from '../../../model/claims.ts';
import type { IamEntry } from '../../../model/knowledge/iam.ts';
import type { Named } from '../../store/read/knowledge.ts';
import type { Identity } from './identity.ts';

/** Finds what the case's lists say of an identity: by the very name that the evidence spells, without regard to case. */
export function createIamFinder(
  entries: readonly Named<IamEntry>[],
): (identity: Identity, consumers: ReadonlySet<string>) => Named<IamEntry> | undefined {
  const byName = new Map<string, Named<IamEntry>>();
  for (const entry of entries) if (!byName.has(entry.principal.toLowerCase())) byName.set(entry.principal.toLowerCase(), entry);
  return (identity, consumers) => {
    const { claims } = identity;
    const client = claims === undefined ? undefined : claimText(claims, 'client_id', 'azp', 'appid', 'cid');
    // A client stands for its users only where it acts for itself: many people share one app.
    const isOwnClient = client !== undefined && (client === identity.subject || `${client}@clients` === identity.subject);
    const names = [
      identity.actor,
      identity.actor === undefined ? identity.subject : undefined,
      isOwnClient ? client : undefined,
      ...consumers,
      identity.name,
    ];
    for (const name of names) {
      const entry = name === undefined ? undefined : byName.get(name.toLowerCase());
      if (entry !== undefined) return entry;
    }
    return undefined;
  };
}
