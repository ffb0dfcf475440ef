import type { PrincipalTraits } from '../../store/principal-traits.ts';
import type { IdentityGroups } from '../../store/read/principals/identity-edits.ts';
import type { Classified, Traits } from './classify.ts';
import { conflictsOf, signsOf } from './conflicts.ts';
import type { CredentialUse } from './credentials.ts';
import { credentialIdentity, type Identity } from './identity.ts';
import type { Resolver } from './resolve.ts';

/** Why several callers may stand behind a principal; `undefined` where nothing says so. Shared is said, never guessed apart. */
function sharedWhy(identity: Identity, resolver: Resolver, consumersOfKey: ReadonlyMap<string, number>): string | undefined {
  const subjects = resolver.subjectsOf.get(identity.text);
  if (subjects !== undefined) return `the consumer stands for ${String(subjects)} subjects in other calls: one app, several principals`;
  const consumers = consumersOfKey.get(identity.text);
  if (consumers !== undefined) return `one key, presented as ${String(consumers)} gateway consumers`;
  if (identity.text.startsWith('scanner ')) return 'everyone who gives this scanner’s name counts as one';
  return identity.isWeak ? 'everyone behind this network with this program counts as one: NAT and proxies hide several' : undefined;
}

/** Makes the text of `principal.traits`. */
export function createTraitsWriter(
  resolver: Resolver,
  groups: IdentityGroups,
  credentials: ReadonlyMap<number, CredentialUse>,
): (principal: Traits, decided: Classified) => string {
  const consumersOfKey = new Map<string, number>();
  for (const use of credentials.values()) if (use.consumers.size > 1) consumersOfKey.set(credentialIdentity(use).text, use.consumers.size);
  return (principal, decided) => {
    const { identity, ranges, signatures, listed } = principal;
    const byEvidence = (resolver.joins.get(identity.text) ?? []).map((join) => ({ ...join, by: 'evidence' as const }));
    const byAnalyst = groups
      .membersOf(groups.standsFor(identity.text))
      .map(({ identity: member, label, reason }) => ({ identity: member, label, why: reason, by: 'analyst' as const }));
    const joined = [...byEvidence, ...byAnalyst];
    const conflicts = conflictsOf(principal, decided);
    const shared = sharedWhy(identity, resolver, consumersOfKey);
    const traits: PrincipalTraits = {
      signs: signsOf(principal, decided),
      ...(identity.namedBy === undefined ? {} : { namedBy: identity.namedBy }),
      ...(conflicts.length === 0 ? {} : { conflicts }),
      ...(shared === undefined ? {} : { shared }),
      ...(joined.length === 0 ? {} : { joined }),
      ...(ranges.length === 0 ? {} : { ranges }),
      ...(signatures === undefined ? {} : { signatures }),
      ...(listed === undefined ? {} : { list: listed.file }),
      ...(listed === undefined || listed.scopes.length === 0 ? {} : { grants: listed.scopes }),
      ...(listed?.owner === undefined ? {} : { owner: listed.owner }),
      ...(listed?.addresses === undefined ? {} : { addresses: listed.addresses }),
      ...(listed?.status === undefined ? {} : { status: listed.status }),
    };
    return JSON.stringify(traits);
  };
}
