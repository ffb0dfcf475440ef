import { NAME_WORDS, type NameGiver } from '../../../model/name-giver.ts';
import type { CredentialUse } from './credentials.ts';
import {
  consumerIdentity,
  credentialIdentity,
  namedIdentity,
  networkIdentity,
  scannerIdentity,
  traceIdentity,
  type Identity,
} from './identity.ts';
import type { Names } from './names.ts';
import { networkOf } from '../../../model/network.ts';
import type { TraceCaller } from './traced-calls.ts';
import { findScanner, userAgentFamily } from './user-agent.ts';

/** An identity that another one was found to be, with what shows it. */
export interface Join {
  readonly identity: string;
  readonly label: string;
  readonly why: string;
}

/** Whose a combination of credential, consumer, address and User-Agent is. */
export interface Resolver {
  /** Identities that were taken for one, by the identity that stands for them. */
  readonly joins: ReadonlyMap<string, readonly Join[]>;
  /** Of a consumer, the subjects that it stands for when they are several: one app, many people. */
  readonly subjectsOf: ReadonlyMap<string, number>;
  /** `consumer` as `consumerOf` gives it. */
  resolve(combo: { readonly credential: number; readonly consumer: number; readonly ip: number; readonly userAgent: number }): Identity;
}

/**
 * Decides who is behind each credential and consumer, by the ladder of detections.md 6.0: token subject, API key, session,
 * Basic user, gateway consumer, network. A key that names nobody belongs to the one consumer that it was seen with. A
 * consumer and a token's subject that were only ever seen with each other are one; a consumer that stands for many
 * subjects (one app, many people) is not. What a tracing tool says of a whole trace goes before a consumer's name.
 */
export function createResolver(
  credentials: ReadonlyMap<number, CredentialUse>,
  names: Names,
  traceCallers: ReadonlyMap<number, TraceCaller>,
  isApart: (a: string, b: string) => boolean = () => false,
  nameGiver: (consumer: number) => NameGiver | undefined = () => undefined,
): Resolver {
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
    const apart = only !== undefined && isApart(only, consumerIdentity(names.find(consumer) ?? '').text);
    if (subjects.size === 1 && only !== undefined && consumersOf.get(only)?.size === 1 && !apart) partner.set(consumer, only);
  }
  const joins = new Map<string, Join[]>();
  const addJoin = (to: string, join: Join): void => {
    const list = joins.get(to);
    if (list === undefined) joins.set(to, [join]);
    else if (!list.some(({ identity }) => identity === join.identity)) list.push(join);
  };

  const merged = new Map<string, Identity>();
  for (const [consumer, text] of partner) {
    const identity = byText.get(text);
    const name = names.find(consumer);
    if (identity === undefined || name === undefined) continue;
    addJoin(text, {
      identity: consumerIdentity(name).text,
      label: name,
      why: `the ${NAME_WORDS[nameGiver(consumer) ?? 'log']} stands on the calls of this subject, and on no others`,
    });
    merged.set(text, {
      ...identity,
      label: identity.label.includes(name) ? identity.label : `${identity.label} · ${name}`,
      how: `${identity.how}; always seen together with ${NAME_WORDS[nameGiver(consumer) ?? 'log']} ${name}`,
    });
  }
  const ofConsumer = (consumer: number): Identity => {
    const text = partner.get(consumer);
    return (text === undefined ? undefined : merged.get(text)) ?? consumerIdentity(names.find(consumer) ?? '', nameGiver(consumer));
  };

  const ofCredential = new Map<number, Identity>();
  for (const use of credentials.values()) {
    const identity = named.get(use.id);
    const [consumer] = use.consumers;
    if (identity !== undefined) ofCredential.set(use.id, merged.get(identity.text) ?? identity);
    else if (consumer !== undefined && use.consumers.size === 1 && !isApart(credentialIdentity(use).text, ofConsumer(consumer).text)) {
      const owner = ofConsumer(consumer);
      ofCredential.set(use.id, owner);
      const { text, label } = credentialIdentity(use);
      // An identity is its owner's name once more.
      if (use.kind === 'identity') continue;
      addJoin(owner.text, {
        identity: text,
        label,
        why: `every call with this key names this ${NAME_WORDS[nameGiver(consumer) ?? 'log']}`,
      });
    } else ofCredential.set(use.id, credentialIdentity(use));
  }
  const several = [...subjectsOf].filter(([, subjects]) => subjects.size > 1);
  return {
    joins,
    subjectsOf: new Map(several.map(([consumer, subjects]) => [consumerIdentity(names.find(consumer) ?? '').text, subjects.size])),
    resolve({ credential, consumer, ip, userAgent }) {
      const byCredential = credential === 0 ? undefined : ofCredential.get(credential);
      if (byCredential !== undefined) return byCredential;
      const traced = traceCallers.get(-consumer);
      if (traced !== undefined) return traceIdentity(traced);
      if (consumer !== 0) return ofConsumer(consumer);
      const scanner = findScanner(names.find(userAgent) ?? '');
      if (scanner !== undefined) return scannerIdentity(scanner);
      return networkIdentity(networkOf(names.find(ip)), userAgentFamily(names.find(userAgent)));
    },
  };
}

function addTo<Key, Value>(map: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const set = map.get(key);
  if (set === undefined) map.set(key, new Set([value]));
  else set.add(value);
}
