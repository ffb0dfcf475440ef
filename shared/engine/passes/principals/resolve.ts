import type { CredentialUse } from './credentials.ts';
import { consumerIdentity, credentialIdentity, namedIdentity, networkIdentity, type Identity } from './identity.ts';
import type { Names } from './names.ts';
import { networkOf } from '../../../model/network.ts';
import { userAgentFamily } from './user-agent.ts';

/** Whose a combination of credential, consumer, address and User-Agent is. */
export interface Resolver {
  resolve(combo: { readonly credential: number; readonly consumer: number; readonly ip: number; readonly userAgent: number }): Identity;
}

/**
 * Decides who is behind each credential and consumer, by the ladder of detections.md 6.0: token subject, API key, session,
 * Basic user, gateway consumer, network. A key that names nobody belongs to the one consumer that it was seen with. A
 * consumer and a token's subject that were only ever seen with each other are one; a consumer that stands for many
 * subjects (one app, many people) is not.
 */
export function createResolver(credentials: ReadonlyMap<number, CredentialUse>, names: Names): Resolver {
  const named = new Map<number, Identity>();
  const byText = new Map<string, Identity>();
  const subjectsOf = new Map<number, Set<string>>();
  const consumersOf = new Map<string, Set<number>>();
  for (const use of credentials.values()) {
    const identity = namedIdentity(use);
    if (identity === undefined) continue;
    named.set(use.id, identity);
    byText.set(identity.text, identity);
    for (const consumer of use.consumers) {
      addTo(subjectsOf, consumer, identity.text);
      addTo(consumersOf, identity.text, consumer);
    }
  }
  const partner = new Map<number, string>();
  for (const [consumer, subjects] of subjectsOf) {
    const only = [...subjects][0];
    if (subjects.size === 1 && only !== undefined && consumersOf.get(only)?.size === 1) partner.set(consumer, only);
  }

  const merged = new Map<string, Identity>();
  for (const [consumer, text] of partner) {
    const identity = byText.get(text);
    const name = names.find(consumer);
    if (identity === undefined || name === undefined) continue;
    merged.set(text, {
      ...identity,
      label: identity.label.includes(name) ? identity.label : `${identity.label} · ${name}`,
      how: `${identity.how}; always seen together with gateway consumer ${name}`,
    });
  }
  const ofConsumer = (consumer: number): Identity => {
    const text = partner.get(consumer);
    return (text === undefined ? undefined : merged.get(text)) ?? consumerIdentity(names.find(consumer) ?? '');
  };

  const ofCredential = new Map<number, Identity>();
  for (const use of credentials.values()) {
    const identity = named.get(use.id);
    const [consumer] = use.consumers;
    if (identity !== undefined) ofCredential.set(use.id, merged.get(identity.text) ?? identity);
    else if (consumer !== undefined && use.consumers.size === 1) ofCredential.set(use.id, ofConsumer(consumer));
    else ofCredential.set(use.id, credentialIdentity(use));
  }
  return {
    resolve({ credential, consumer, ip, userAgent }) {
      const byCredential = credential === 0 ? undefined : ofCredential.get(credential);
      if (byCredential !== undefined) return byCredential;
      if (consumer !== 0) return ofConsumer(consumer);
      return networkIdentity(networkOf(names.find(ip)), userAgentFamily(names.find(userAgent)));
    },
  };
}

function addTo<Key, Value>(map: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const set = map.get(key);
  if (set === undefined) map.set(key, new Set([value]));
  else set.add(value);
}
