import type { PrincipalKind } from '../../../contract/report-json.ts';
import { registrableDomain } from '../../../lib/domains.ts';
import type { JsonObject } from '../../../lib/json.ts';
import type { RangeCheck, SignatureCheck } from '../../store/principal-traits.ts';
import { MCP_INSPECTORS, NAME_WORDS, SERVICE_DOMAINS, SERVICE_REALMS, SERVICE_SUBDOMAINS } from './agent-table.ts';
import { claimText } from '../../../model/claims.ts';
import type { Listed } from './iam-match.ts';
import type { Identity } from './identity.ts';
import type { NormalLife } from './normal-life.ts';
import { findAgentEntry, findBrowser, findPhone } from './user-agent.ts';

/** Everything that was seen of one principal and tells what it is. */
export interface Traits {
  readonly identity: Identity;
  /** Calls by User-Agent text; '' for none. */
  readonly userAgents: ReadonlyMap<string, number>;
  /** The same without short visits from elsewhere; what the caller is, is judged by this where it is known. */
  readonly normalLife?: NormalLife | undefined;
  /** Calls by `agent-signal` of intake: `x-stainless-lang=python`, `mcp-client=claude-code`, `signed signature-agent="…"`. */
  readonly signals: ReadonlyMap<string, number>;
  readonly consumers: ReadonlySet<string>;
  readonly hasSessionCookie: boolean;
  readonly calls: number;
  /** Calls of MCP tools. */
  readonly toolCalls: number;
  /** Holds an API key: a thing that programs are given. */
  readonly hasApiKey: boolean;
  readonly signatures?: SignatureCheck | undefined;
  readonly ranges: readonly RangeCheck[];
  /** What the case's list of principals says of it. */
  readonly listed?: Listed | undefined;
  /** Why its calls look like an agent's, from times and targets alone. */
  readonly behaviour?: string | undefined;
}

export interface Classified {
  readonly kind: PrincipalKind;
  readonly rung: number;
  readonly why: string;
}

/** Share of a principal's calls that a trait must cover to say what it is. */
const MOST = 0.5;
/** Calls of somebody who shows neither name nor credential, of fewer of which a program's library says nothing: a service comes back. */
const MIN_OF_SERVICE = 3;
const RUNG_VERIFIED = 1;
const RUNG_SIGNED = 2;
const RUNG_RANGE = 3;
const RUNG_NAMED = 4;
const RUNG_SDK = 5;
const RUNG_BEHAVIOUR = 6;
const RUNG_UNKNOWN = 7;

/**
 * Decides what a principal is, by the strongest trait that it shows, in the order of the ladder: a signature verified here (1) or
 * not (2), names that it gives itself, from its vendor's addresses (3) or not (4), an SDK's headers (5), how it behaves (6), nothing (7).
 * Rungs 1 and 3 need keys and address ranges, which a case without them does not have.
 */
export function classify(traits: Traits): Classified {
  const { signatures, calls, listed } = traits;
  if (signatures !== undefined && signatures.verified / Math.max(calls, 1) >= MOST)
    return {
      kind: 'agent',
      rung: RUNG_VERIFIED,
      why: `its signature was verified on ${share(signatures.verified, calls)}, with the ${topOf(signatures.why)}`,
    };
  if (listed?.kind !== undefined) return { kind: listed.kind, rung: RUNG_NAMED, why: `the list ${listed.file} says so` };
  const plain = classifyOwn(traits);
  const range =
    plain.kind === 'agent' && plain.rung === RUNG_NAMED
      ? traits.ranges.find(({ inside, outside }) => inside > 0 && outside === 0)
      : undefined;
  return range === undefined
    ? plain
    : { ...plain, rung: RUNG_RANGE, why: `${plain.why}, and all of it came from the ranges of ${range.list}, published ${range.date}` };
}

/** What a principal is by its own life: a short visit from elsewhere, as by a thief with a browser, decides nothing, and where it would have, that is said. */
function classifyOwn(traits: Traits): Classified {
  const byAll = classifyPlain({ ...traits, normalLife: undefined });
  if (traits.normalLife === undefined) return byAll;
  const byOwn = classifyPlain(traits);
  const { leftOut } = traits.normalLife;
  const which = `${String(leftOut)} ${leftOut === 1 ? 'call' : 'calls'} of programs that came later, from elsewhere and for a short time`;
  return byOwn.kind === byAll.kind ? byAll : { ...byOwn, why: `${byOwn.why}; ${which} speak for ${byAll.kind} and were left out` };
}

const topOf = (counts: Readonly<Record<string, number>>): string => Object.entries(counts).sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';

function classifyPlain(traits: Traits): Classified {
  const { identity, calls } = traits;
  const signed = most(traits.signals, calls, (signal) => signal.startsWith('signed signature-agent'));
  if (signed !== undefined)
    return {
      kind: 'agent',
      rung: RUNG_SIGNED,
      why: `${signed.text.slice('signed '.length)} with a signature that is not verified here, on ${signed.share}`,
    };
  if (identity.claims !== undefined) {
    const byToken = classifyToken(identity, identity.claims, traits);
    if (byToken !== undefined) return byToken;
  } else if (identity.actor !== undefined)
    return { kind: 'agent', rung: RUNG_NAMED, why: `its traces name ${identity.actor} as the agent that made them` };
  const client = most(traits.signals, calls, (signal) => signal.startsWith('mcp-client=') && !MCP_INSPECTORS.has(signal.slice(11)));
  const named = mostAgent(traits, RUNG_NAMED);
  const names = [identity.actor ?? identity.subject, ...traits.consumers].filter((name): name is string => name !== undefined);
  const byName = names.map((name) => [name, kindOfName(name)] as const).find(([, kind]) => kind !== undefined);
  // What an operator calls its own client outranks what the client program calls itself, save that both say agent.
  if (byName?.[1] === 'agent') return { kind: 'agent', rung: RUNG_NAMED, why: `its name, ${byName[0]}, says so` };
  if (named?.kind === 'agent') return named;
  if (client !== undefined) return { kind: 'agent', rung: RUNG_NAMED, why: `MCP client name ${client.text.slice(11)}` };
  const sdk = most(traits.signals, calls, (signal) => /^(?:x-stainless|anthropic-version|semantic-kernel)/.test(signal));
  if (sdk !== undefined) return { kind: 'agent', rung: RUNG_SDK, why: `SDK header ${sdk.text} on ${sdk.share}` };
  const bySdkName = mostAgent(traits, RUNG_SDK);
  if (bySdkName !== undefined) return bySdkName;
  if (calls > 0 && traits.toolCalls / calls >= MOST)
    return { kind: 'agent', rung: RUNG_BEHAVIOUR, why: `MCP tool calls in ${share(traits.toolCalls, calls)}` };
  if (byName?.[1] === 'service') return { kind: 'service', rung: RUNG_NAMED, why: `its name, ${byName[0]}, says so` };
  if (named !== undefined) return named;
  const human = classifyHuman(traits, names);
  if (human !== undefined) return human;
  if (traits.behaviour !== undefined) return { kind: 'agent', rung: RUNG_BEHAVIOUR, why: traits.behaviour };
  const byLibrary = mostAgent(traits, RUNG_BEHAVIOUR);
  if (byLibrary?.kind === 'service' && identity.isWeak && calls < MIN_OF_SERVICE)
    return {
      kind: 'unknown',
      rung: RUNG_UNKNOWN,
      why: `${byLibrary.why}, which services, scripts and scanners use alike, and it came no more often`,
    };
  return (
    byLibrary ??
    (traits.hasApiKey
      ? { kind: 'service', rung: RUNG_BEHAVIOUR, why: 'it holds an API key and no browser is behind it, as programs do' }
      : undefined) ?? {
      kind: 'unknown',
      rung: RUNG_UNKNOWN,
      why: 'nothing seen says whether a person, a service or an agent calls',
    }
  );
}

/** What a token's claims say. The signature is not checked here: the server that accepted it did, or did not. */
function classifyToken(identity: Identity, claims: JsonObject, traits: Traits): Classified | undefined {
  const found = (kind: PrincipalKind, why: string): Classified => ({
    kind,
    rung: identity.isSigned === true ? RUNG_SIGNED : RUNG_NAMED,
    why,
  });
  if (identity.actor !== undefined) {
    const kind = kindOfName(identity.actor) ?? (mostAgent(traits, RUNG_NAMED)?.kind === 'service' ? 'service' : 'agent');
    return found(kind, `the token's act claim names ${identity.actor} as the one that acts`);
  }
  const profile = claimText(claims, 'sub_profile', 'agent_type', 'client_type');
  if (profile !== undefined && /agent|bot/i.test(profile)) return found('agent', `the token's profile claim says ${profile}`);
  const client = claimText(claims, 'client_id', 'azp', 'appid', 'cid');
  for (const name of [client, identity.subject])
    if (name !== undefined && kindOfName(name) === 'agent') return found('agent', `the token names ${name}`);
  const grant = claimText(claims, 'gty', 'grant_type');
  if (grant !== undefined && /client[-_]credentials/i.test(grant))
    return found('service', `the token was granted to a client on its own (${grant})`);
  if (Object.hasOwn(claims, 'amr') || Object.hasOwn(claims, 'auth_time')) {
    // A person logged in; whether the person or a program holds the token now, the User-Agent tells.
    const program = mostAgent(traits, RUNG_NAMED) ?? mostAgent(traits, RUNG_SDK);
    if (program?.kind === 'agent') return { ...program, why: `a person's token, yet ${program.why}` };
    return found('human', `the token tells of a log-in (${Object.hasOwn(claims, 'amr') ? 'amr' : 'auth_time'})`);
  }
  if (identity.subject !== undefined && kindOfName(identity.subject) === 'service')
    return found('service', `the token names ${identity.subject}`);
  if (client !== undefined && (client === identity.subject || `${client}@clients` === identity.subject))
    return found('service', `subject and client of the token are the same, ${client}`);
  return undefined;
}

function classifyHuman(traits: Traits, names: readonly string[]): Classified | undefined {
  const { userAgents, calls } = traits.normalLife ?? traits;
  let browsers = 0;
  let example = '';
  for (const [userAgent, count] of userAgents) {
    const browser = findBrowser(userAgent) ?? findPhone(userAgent);
    if (browser === undefined) continue;
    browsers += count;
    example = browser;
  }
  if (calls > 0 && browsers / calls >= MOST) {
    return { kind: 'human', rung: RUNG_NAMED, why: `User-Agent of a person’s program (${example}) on ${share(browsers, calls)}` };
  }
  const mail = names.find((name) => /^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i.test(name) && kindOfName(name) === undefined);
  if (mail !== undefined) return { kind: 'human', rung: RUNG_BEHAVIOUR, why: `${mail} is a person's address` };
  const named = names.find((name) => kindOfName(name) === 'human');
  if (named !== undefined) return { kind: 'human', rung: RUNG_NAMED, why: `its name, ${named}, says so` };
  if (traits.hasSessionCookie) return { kind: 'human', rung: RUNG_BEHAVIOUR, why: 'it keeps a session cookie, as browsers do' };
  return undefined;
}

/** The kind that most calls' User-Agents name on this rung. */
function mostAgent(traits: Traits, rung: number): Classified | undefined {
  const usual = traits.normalLife ?? traits;
  const byKind = new Map<PrincipalKind, { calls: number; family: string; what: string }>();
  for (const [userAgent, count] of usual.userAgents) {
    const entry = userAgent === '' ? undefined : findAgentEntry(userAgent);
    if (entry?.rung !== rung) continue;
    const known = byKind.get(entry.kind);
    byKind.set(entry.kind, { calls: (known?.calls ?? 0) + count, family: known?.family ?? entry.family, what: known?.what ?? entry.what });
  }
  const best = [...byKind].sort(([, a], [, b]) => b.calls - a.calls)[0];
  if (best === undefined || best[1].calls / Math.max(usual.calls, 1) < MOST) return undefined;
  const [kind, { calls, family, what }] = best;
  return { kind, rung, why: `User-Agent ${family}, ${what}, on ${share(calls, usual.calls)}` };
}

function most(
  counts: ReadonlyMap<string, number>,
  calls: number,
  matches: (text: string) => boolean,
): { readonly text: string; readonly share: string } | undefined {
  let sum = 0;
  let top: readonly [text: string, count: number] | undefined;
  for (const [text, count] of counts) {
    if (!matches(text)) continue;
    sum += count;
    if (top === undefined || count > top[1] || (count === top[1] && text < top[0])) top = [text, count];
  }
  // An MCP client names itself once, when it begins: one call is enough for a signal.
  return top === undefined || (sum / Math.max(calls, 1) < MOST && !top[0].startsWith('mcp-client'))
    ? undefined
    : { text: top[0], share: share(sum, calls) };
}

const share = (part: number, whole: number): string =>
  part === whole ? (whole === 1 ? 'its only call' : `all ${String(whole)} calls`) : `${String(part)} of ${String(whole)} calls`;

/** True for a domain in which programs have their accounts; the words of a company's own name, `brixton-machines.example`, are no sign of it. */
function isOfPrograms(domain: string): boolean {
  if (!domain.includes('.')) return SERVICE_REALMS.has(domain);
  const owner = registrableDomain(domain);
  const below = domain.slice(0, -owner.length).split('.');
  return SERVICE_DOMAINS.has(owner) || below.some((label) => SERVICE_SUBDOMAINS.has(label));
}

/** What a name's words say: `acme-support-bot` an agent, `svc_billing` a service, anything else nothing. */
function kindOfName(name: string): 'agent' | 'service' | 'human' | undefined {
  const [local = '', domain] = name.split('@');
  // Clouds and realms keep accounts of programs in domains of their own: a bot there is a job, whatever it is called.
  if (domain !== undefined && isOfPrograms(domain.toLowerCase())) {
    const isAgent = local
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .some((word) => NAME_WORDS.agent.has(word) && word !== 'bot' && word !== 'bots');
    return isAgent ? 'agent' : 'service';
  }
  const words = local
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  const has = (kind: 'agent' | 'service' | 'human'): boolean => words.some((word) => NAME_WORDS[kind].has(word.replace(/(?<!\d)\d+$/, '')));
  return has('agent') ? 'agent' : has('service') ? 'service' : has('human') ? 'human' : undefined;
}
