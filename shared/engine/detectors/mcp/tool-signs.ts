import { HOSTILE, hostileSigns, type HostileSign } from '../injection/hostile-text.ts';
import type { Told, Version } from './definitions.ts';
import type { Definition } from './read-list.ts';

/** A sign that a definition is meant for more than to describe, and where it stands. */
export interface ToolSign extends HostileSign {
  readonly pointer: string;
  /** The whole text in which it stands. */
  readonly text: string;
}

/** Texts shorter than this give no orders. Units: characters. */
const LEAST_TEXT = 12;

/**
 * What only definitions of tools are written to do. Source: published attacks by tool descriptions (tool poisoning, tool shadowing, 2025);
 * detections 56. Every repetition is bounded.
 */
const SIGNS: readonly (readonly [what: string, weight: number, pattern: RegExp])[] = [
  ['sets itself off as an order', 2, /<\/?\s?(?:important|secret|hidden|critical|instructions?|system)\s?>/i],
  ['makes itself a condition of other tools', 2, /\b(?:before|when(?:ever)?|prior to|after)\s(?:you )?(?:us(?:e|ing)|call(?:ing)?|invok(?:e|ing)|run(?:ning)?)\s(?:any|every|all|other)\b[^.\n]{0,40}\btools?\b/i],
  ['wants a file that holds secrets', 2, /(?:~|\/home\/\w{1,40}|\/root|%USERPROFILE%)\/?\\?\.(?:ssh|aws|gnupg|kube|cursor|config|netrc|npmrc)\b|\bid_(?:rsa|ed25519)\b|\/etc\/(?:passwd|shadow)\b|\bmcp\.json\b|(?:^|[\s/`'"])\.env\b/i],
  ['wants what the model was told', 2, /\b(?:pass|include|provide|put|send|copy|add|append|attach|insert)\b[^.\n]{0,60}\b(?:conversation|chat history|system prompt|previous messages|contents? of|credentials?|api[ _-]?keys?|access tokens?|passwords?|private keys?)\b/i],
  ['wants what another tool answered', 2, /\b(?:pass|include|provide|put|send|copy|add|append|attach|insert|supply|forward)\b[^.\n]{0,40}\b(?:its|their|the|that|every|all)\b[^.\n]{0,30}\b(?:complete|full|entire|whole|raw|unabridged|unmodified|verbatim)\b[^.\n]{0,30}\b(?:json|results?|outputs?|responses?|answers?|records?|profiles?|objects?|data)\b/i],
  ['wants another tool called first', 1, /\b(?:always|must|should|required? to)\b[^.\n]{0,40}\b(?:fetch|get|read|call|look up|load|retrieve|query)\b[^.\n]{0,80}\bfirst\b/i],
  ['threatens to fail', 1, /\b(?:otherwise|or else|if not)\b[^.\n]{0,40}\b(?:fail|not work|refuse|break|error|crash|block)/i],
]; // prettier-ignore

/** Letters that nobody sees. One of them in a name is no accident. */
const UNSEEN = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u{E0000}-\u{E007F}]/u;
/** Flags of countries' parts are spelt with tags. Source: Unicode UTS 51, emoji tag sequences. */
const FLAGS = /\u{1F3F4}[\u{E0030}-\u{E007A}]{1,8}\u{E007F}/gu;
/** Parameters by which a tool asks for what it has no business with. */
const SOLICITS = /^(?:passw(?:or)?d|passphrase|private_?key|ssh_?key|api_?key|access_?token|client_?secret|credentials?|system_?prompt|conversation(?:_?(?:history|context))?|chat_?history|side_?note|chain_?of_?thought)$/i; // prettier-ignore
const PROPERTY = /(?:^|\.)properties\.([^.[]{1,80})\./g;
/** Names that could be those of any word are not looked for in the texts of others. */
const DISTINCT_NAME = /^(?=.{6,})(?:[a-z0-9]+[_.-][\w.-]+|[a-z]+[A-Z]\w+)$/;

const whereIs = (text: string, pattern: RegExp): number => text.search(pattern);

/** What stands in one text. Within one server, a hint which tool comes first is everyday help. */
function textSigns(pointer: string, whole: string): readonly ToolSign[] {
  const text = whole.replaceAll(FLAGS, '');
  if (text.length < LEAST_TEXT) return [];
  const common = hostileSigns(text).map((sign) => {
    if (sign.what === 'names tools to be called' || sign.what === 'holds the call of a tool') return { ...sign, weight: 1 };
    return sign.what === 'holds letters that nobody sees' ? { ...sign, weight: HOSTILE } : sign;
  });
  const own = SIGNS.flatMap(([what, weight, pattern]): HostileSign[] => (pattern.test(text) ? [{ what, weight, at: whereIs(text, pattern) }] : []));
  // What only definitions of tools do tells more of one than what any text does.
  return [...own, ...common].map((sign) => ({ ...sign, pointer, text: whole }));
} // prettier-ignore

/** Parameters of a definition, as it names them. */
export const parametersOf = ({ leaves }: Definition): ReadonlySet<string> =>
  new Set(
    leaves.flatMap(({ pointer }) =>
      pointer.startsWith('inputSchema.') ? [...pointer.matchAll(PROPERTY)].map(([, name = '']) => name) : [],
    ),
  );

function nameSigns(definition: Definition): readonly ToolSign[] {
  const names = [
    { pointer: 'name', text: definition.name },
    ...[...parametersOf(definition)].map((text) => ({ pointer: `inputSchema.properties.${text}`, text })),
  ];
  return names.flatMap(({ pointer, text }): readonly ToolSign[] => [
    ...(UNSEEN.test(text) ? [{ what: 'holds letters that nobody sees', weight: HOSTILE, at: whereIs(text, UNSEEN), pointer, text }] : []),
    ...(pointer !== 'name' && SOLICITS.test(text) ? [{ what: `asks for ${text} as an argument`, weight: 2, at: 0, pointer, text }] : []),
  ]);
}

/** Tools that the texts of others are searched for. */
const MAX_NAMES = 500;

/** Tools whose names no other word is mistaken for. */
export const distinctNames = (told: readonly Told[]): readonly Told[] =>
  told.filter(({ kind, name }) => kind === 'tool' && DISTINCT_NAME.test(name)).slice(0, MAX_NAMES);

/** Texts that say how a tool of another server is to be used. */
function foreignSigns({ server, name }: Told, { definition }: Version, others: readonly Told[]): readonly ToolSign[] {
  const foreign = others.filter((other) => other.server !== server && other.name !== name);
  const own = new Set(others.filter((other) => other.server === server).map((other) => other.name));
  return definition.leaves.flatMap(({ pointer, text }) =>
    text.length < LEAST_TEXT
      ? []
      : foreign.flatMap((other): readonly ToolSign[] => {
          const at = own.has(other.name) ? -1 : text.indexOf(other.name);
          const orders = at >= 0 && /\b(?:must|always|instead|never|should|replace|redirect|use this|only|before|bcc|also)\b/i.test(text.slice(Math.max(0, at - 160), at + 160)); // prettier-ignore
          return at < 0
            ? []
            : [{ what: `speaks of ${other.name}, a tool of ${other.server}`, weight: orders ? HOSTILE : 1, at, pointer, text }];
        }),
  );
}

/** A tool that takes the name of another server's, shown to a caller that knows the other one. */
function shadowSigns(told: Told, version: Version, others: readonly Told[]): readonly ToolSign[] {
  if (!DISTINCT_NAME.test(told.name)) return [];
  const wording = JSON.stringify(version.definition.leaves);
  const elder = others.find(
    (other) =>
      other.server !== told.server &&
      other.name === told.name &&
      (other.versions[0]?.first ?? Infinity) < version.first &&
      other.versions.every(({ definition }) => JSON.stringify(definition.leaves) !== wording) &&
      other.versions.some(({ callers }) => [...callers].some((caller) => version.callers.has(caller))),
  );
  return elder === undefined
    ? []
    : [{ what: `has the name of a tool of ${elder.server}`, weight: HOSTILE, at: 0, pointer: 'name', text: told.name }];
}

/** All signs of one wording of a definition. `others`: the tools of `distinctNames`. */
export function signsOf(told: Told, version: Version, others: readonly Told[]): readonly ToolSign[] {
  // A client's name for a server is not the host's: what a model was told and what servers list are compared among themselves.
  const peers = others.filter((other) => (other.teller === undefined) === (told.teller === undefined));
  const texts = version.definition.leaves.filter(({ pointer }) => pointer !== 'name');
  return [
    ...texts.flatMap(({ pointer, text }) => textSigns(pointer, text)),
    ...nameSigns(version.definition),
    ...foreignSigns(told, version, peers),
    ...shadowSigns(told, version, peers),
  ];
}
