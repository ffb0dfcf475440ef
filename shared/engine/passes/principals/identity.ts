import type { CredentialKind } from '../../../contract/report-json.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { actorChain, claimText } from '../../../model/claims.ts';
import { NAME_WORDS, type NameGiver } from '../../../model/name-giver.ts';
import type { TraceCaller } from './traced-calls.ts';

/** A row of `credential`, read. */
export interface StoredCredential {
  readonly id: number;
  /** `jwt-1`: kind and order of first use. */
  readonly key: string;
  readonly kind: CredentialKind;
  readonly masked: string;
  readonly label: string | undefined;
  readonly header: JsonObject | undefined;
  readonly claims: JsonObject | undefined;
}

/** Who a call shows itself to be. */
export interface Identity {
  /** Tells principals apart; made of the evidence only, never of row ids or fingerprints, which differ from case to case. */
  readonly text: string;
  readonly label: string;
  /** The short name that the key is made of. */
  readonly name: string;
  readonly how: string;
  readonly subject?: string | undefined;
  readonly actor?: string | undefined;
  readonly isWeak: boolean;
  /** Who gave it its name, where no credential shows it. */
  readonly namedBy?: NameGiver | undefined;
  readonly claims?: JsonObject | undefined;
  /** False for a token that carries no signature at all. */
  readonly isSigned?: boolean | undefined;
}

/** Claims that name the person behind a subject that is only a number. */
const READABLE = ['email', 'preferred_username', 'upn', 'unique_name', 'username', 'name'] as const;
const UNREADABLE = /^(?:[0-9a-f-]{24,}|\d+|[A-Za-z0-9_-]{22,})$/;

/** The identity that a credential carries by itself: a token's subject, a Basic user, a certificate's name; `undefined` for mere keys. */
export function namedIdentity(credential: StoredCredential): Identity | undefined {
  const { claims, kind, label } = credential;
  if (claims !== undefined) {
    const identity = tokenIdentity(claims, kind);
    if (kind !== 'jwt') return identity;
    const algorithm = claimText(credential.header ?? {}, 'alg');
    return identity === undefined ? undefined : { ...identity, isSigned: algorithm !== undefined && algorithm.toLowerCase() !== 'none' };
  }
  if (kind === 'basic' && label !== undefined)
    return { text: `basic ${label}`, label, name: label, how: `HTTP Basic user ${label}`, subject: label, isWeak: false };
  if (kind === 'mtls' && label !== undefined) {
    const name = /CN=([^,/]+)/i.exec(label)?.[1]?.trim() ?? label;
    return { text: `mtls ${label}`, label: name, name, how: `client certificate ${label}`, subject: name, isWeak: false };
  }
  return undefined;
}

function tokenIdentity(claims: JsonObject, kind: CredentialKind): Identity | undefined {
  const client = claimText(claims, 'client_id', 'azp', 'appid', 'cid');
  const subject = claimText(claims, 'sub', 'oid', 'uid', 'user_id') ?? client ?? claimText(claims, ...READABLE);
  if (subject === undefined) return undefined;
  const issuer = claimText(claims, 'iss') ?? '';
  const actors = actorChain(claims);
  const readable = UNREADABLE.test(subject) ? claimText(claims, ...READABLE) : undefined;
  const shown = readable === undefined ? subject : `${readable} (${subject})`;
  const actor = actors[0];
  const from = kind !== 'jwt' ? 'grant, as the gateway told its back end' : issuer === '' ? 'token' : `token of ${issuer}`;
  const text = `jwt ${JSON.stringify([issuer, subject, ...actors])}`;
  if (actor === undefined)
    return { text, label: shown, name: readable ?? subject, how: `subject ${subject} of a ${from}`, subject, isWeak: false, claims };
  return {
    text,
    label: `${actor} for ${shown}`,
    name: `${actor} for ${readable ?? subject}`,
    how: `actor ${actors.join(' through ')} for subject ${subject} in a ${from}`,
    subject,
    actor,
    isWeak: false,
    claims,
  };
}

const KEY_WORDS: Readonly<Record<CredentialKind, string>> = {
  jwt: 'Token', 'api-key': 'API key', session: 'Session', basic: 'Basic user', mtls: 'Certificate', opaque: 'Token', identity: 'Identity',
}; // prettier-ignore

/** The identity of a key, session or token that names nobody: the credential itself. */
export function credentialIdentity(credential: StoredCredential): Identity {
  const label = `${KEY_WORDS[credential.kind]} ${credential.masked} (${credential.key})`;
  // Of a key that the gateway logs by its id, that id is all: it stands for the key and is no place.
  const place = credential.label === undefined || credential.label === credential.masked ? '' : ` in ${credential.label}`;
  return {
    text: `credential ${credential.key}`,
    label,
    name: credential.key,
    how: `${KEY_WORDS[credential.kind]} ${credential.masked}${place}, which names nobody`,
    isWeak: false,
  };
}

/** The identity that only a name in a log gives, such as the gateway's consumer. */
export const consumerIdentity = (consumer: string, namedBy: NameGiver = 'log'): Identity => ({
  text: `consumer ${consumer}`, label: consumer, name: consumer, how: `${NAME_WORDS[namedBy]} ${consumer}`, subject: consumer, isWeak: false, namedBy,
}); // prettier-ignore

/** The identity that a tracing tool gives to the calls of a trace: an agent for a user, either alone where the other is not known. */
export function traceIdentity({ user, agent }: TraceCaller): Identity {
  if (agent === undefined) return { ...consumerIdentity(user ?? '', 'application'), how: `user ${user ?? ''} of its traces` };
  const label = user === undefined ? agent : `${agent} for ${user}`;
  return {
    text: `trace ${JSON.stringify(user === undefined ? [agent] : [agent, user])}`,
    label,
    name: label,
    how: `agent ${agent}${user === undefined ? '' : ` for user ${user}`}, as its traces name them`,
    subject: user,
    actor: agent,
    isWeak: false,
  };
}

/** The weak identity of calls of a scanner that says who it is: one name from many networks, which anybody else could give as well. */
export const scannerIdentity = (name: string): Identity => ({
  text: `scanner ${name}`,
  label: `${name} (a scanner, by its own word)`,
  name: name.toLowerCase(),
  how: `calls without a credential whose User-Agent says that they are ${name}’s, a product that scans for weaknesses`,
  isWeak: true,
});

/** The weak identity of calls that show no credential: a network and a client program. */
export const networkIdentity = (network: string, family: string): Identity => ({
  text: `network ${JSON.stringify([network, family])}`,
  label:
    network === 'none'
      ? `unknown principal, ${family === 'none' ? 'no User-Agent' : family}`
      : `${network} · ${family === 'none' ? 'no User-Agent' : family}`,
  name: network === 'none' ? `unknown-${family}` : `${network} ${family}`,
  how: `calls without a credential from ${network === 'none' ? 'an unknown address' : network} with ${family === 'none' ? 'no User-Agent' : `User-Agent family ${family}`}`,
  isWeak: true,
});
