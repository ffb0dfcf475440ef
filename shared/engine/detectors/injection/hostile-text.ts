import { bytesOfBase64 } from '../../../lib/base64.ts';
import { least } from '../../../lib/extremes.ts';
import { OTHER_LANGUAGES } from './other-languages.ts';
import { STANDING_ORDERS } from './standing-orders.ts';

/** A sign that a text speaks to a model rather than to a person. */
export interface HostileSign {
  readonly what: string;
  readonly weight: number;
  /** Where it stands in the text. */
  readonly at: number;
}

/** From here on a text is hostile: one order that overrides, or two weaker signs. */
export const HOSTILE = 3;

/**
 * Signs with their weights. An override names what is to be overridden, so that "ignore my last message" is none. Every repetition is bounded, so each
 * takes linear time. Source: detection 44; the phrases are those of published prompt injections.
 */
const SIGNS: readonly (readonly [what: string, weight: number, pattern: RegExp])[] = [
  ['overrides instructions', 3, /\b(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,30}\b(?:instructions?|rules?|polic(?:y|ies)|prompts?|guidelines?|guardrails?|directives?|restrictions?)\b/i],
  ['gives the model a new role', 3, /\byou are (?:now|no longer) (?:an? |the |in )?(?:\w+ ){0,3}(?:assistant|agent|mode|admin(?:istrator)?|model|system|bot)\b|\bnew (?:system )?(?:instructions?|prompt)\s{0,3}:/i],
  ['marks a role of the conversation', 3, /<\|im_start\|>|<\|(?:system|assistant|user)\|>|\[\/?INST\]|<<SYS>>|<\/?(?:system|assistant|tool_call|function_calls?)>|^\s{0,3}#{1,4} ?(?:system|instruction)s?\s{0,3}:?\s*$/im],
  ['asks to be kept secret', 3, /\b(?:do not|don't|never|no need to|without)\s(?:tell(?:ing)?|mention(?:ing)?|inform(?:ing)?|show(?:ing)?|reveal(?:ing)?|ask(?:ing)?)\b[^.\n]{0,40}\b(?:users?|customers?|human|operator|anyone|anybody|him|her|them|this|residents?|tenants?|patients?|guests?|clients?|members?|caller|requester|(?:in|within) (?:the|your|any) (?:reply|answer|response|summary|message|output))\b/i],
  ['speaks to the agent', 2, /\b(?:note|message|instructions?|attention|important)\b[^.\n]{0,20}\b(?:to|for)\b[^.\n]{0,24}\b(?:ai|llm|assistants?|agents?|bots?|language models?|automated (?:systems?|agents?))\b|\b(?:ai|llm) (?:assistant|agent)s?\b[^.\n]{0,20}\b(?:must|should|have to|are required)\b/i],
  ['asks whether it is read by a model', 2, /\b(?:if|as|since|because|in case) you(?:['’]re| are) (?:an? |the )?(?:\w+ ){0,2}(?:ai|llm|(?:large )?language model|chat ?bot|assistant|agent)\b/i],
  ['puts the reader into a mode', 2, /\byou(?:['’]re| are) (?:now )?in (?:an? |the )?(?:\w+ ){0,2}mode\b/i],
  ['holds the call of a tool', 3, /"(?:tool_calls?|tool|function_call|function|tool_name|name)"\s{0,3}:\s{0,3}"[\w./-]{2,60}"\s{0,3},\s{0,3}"(?:arguments|parameters|input)"\s{0,3}:/i],
  ['names tools to be called', 2, /\b(?:call|use|invoke|run) the \w{2,40} (?:tool|function)\b|\b(?:call|use|invoke|run|with|via|through) [`"']?[a-z][a-z0-9]{1,20}(?:_[a-z0-9]{1,20}){1,4}\b/i],
  ['is styled so that nobody sees it', 2, /\bstyle\s{0,3}=\s{0,3}\\?["'][^"'>]{0,200}(?:font-size:\s{0,3}[01](?:\.\d+)?(?:px|pt|em|rem)|display:\s{0,3}none|visibility:\s{0,3}hidden|opacity:\s{0,3}0(?:[;"'\\ ]|\.0)|[;"'\s]color:\s{0,3}(?:#fff(?:fff)?|white)\b)[^>]{0,200}>[^<]{0,400}\b(?:assistants?|agents?|ai|llm|bots?|instructions?|must|do not|call|send|register|forward|fetch)\b/i],
  ['orders within a comment', 2, /<!--[^>]{0,400}\b(?:send|post|forward|upload|call|execute|delete|transfer|read|fetch|pay|refund|reimburse|credit|settle|approve|grant)\b[^>]{0,400}-->/i],
  ['speaks to the agent within a comment', 2, /<!--\s{0,9}(?:(?:note|message|instructions?) (?:to|for) (?:the )?)?(?:assistant|agent|ai|llm|bot|model|system)\b/i],
  ['says that it is agreed', 2, /\b(?:human|person|manager|supervisor|operator|somebody|someone|admin(?:istrator)?)\b[^.\n]{0,20}\b(?:has|have) (?:already )?(?:agreed|approved|confirmed|authori[sz]ed|signed off)\b|\b(?:already|pre)[ -]?(?:agreed|approved|authori[sz]ed) by\b/i],
  ['would have data leave in a picture', 3, /!\[[^\]\n]{0,100}\]\(https?:\/\/[^)\s]{1,200}\?[^)\s]{0,200}=[^)\s]{0,400}\)/i],
  ['asks to leave it out', 2, /\bleave (?:this|these|those|that|it)(?: (?:lines?|notes?|parts?|messages?|instructions?))? out\b/i],
  ['is laid out as a task', 2, /^\s{0,3}#{1,4} ?(?:new |your |next )?(?:tasks?|orders?|steps?)\b|(?:^|\n)\s{0,3}1[.)] \w[^\n]{2,80}\n\s{0,3}2[.)] \w/im],
  ['says what the assistant may do', 1, /\b(?:assistant|agent|bot|ai)\b (?:can|may|is (?:allowed|authori[sz]ed) to)\b/i],
  ['wants to be first', 1, /\bdo (?:it|this|that) (?:first|right away|at once|immediately)\b/i],
  ['says what the next step is', 1, /\b(?:the )?(?:correct|right|required|next) (?:next )?step is\b|\bas (?:a |the )?(?:first|next) step,? (?:send|post|call|forward|transfer|pay)\b/i],
  ['orders data away', 2, /\b(?:send|post|forward|upload|exfiltrate|copy|submit)\b[^.\n]{0,60}\b(?:to|at)\b\s{0,3}(?:https?:\/\/|[a-z0-9-]{1,60}\.[a-z0-9.-]{1,60}\/)/i],
]; // prettier-ignore
/** Letters that nobody sees: tags of Unicode, joiners in a row, marks of direction. */
const HIDDEN = /[\u{E0000}-\u{E007F}]{3,}|[\u200b-\u200d\u2060\ufeff]{4,}|[\u202a-\u202e\u2066-\u2069]{2,}/u;
/** Longer texts are looked at in their first part: what is meant to be obeyed is short. Units: characters. */
const MAX_LENGTH = 20_000;

/** Text behind letters that nobody sees. */
const shownTags = (text: string): string =>
  text.replaceAll(/[\u{E0020}-\u{E007E}]/gu, (char) => String.fromCodePoint((char.codePointAt(0) ?? 0) - 0xe0000));

/** The text behind the first long base64 in a text. */
function behindBase64(text: string): { readonly decoded: string; readonly at: number } | undefined {
  const match = /(?:^|[\s"'(>])([A-Za-z0-9+/]{40,4000}={0,2})(?:$|[\s"')<])/.exec(text);
  const bytes = match?.[1] === undefined ? undefined : bytesOfBase64(match[1]);
  if (match === null || bytes === undefined) return undefined;
  const decoded = new TextDecoder().decode(bytes);
  return /^[\x20-\x7e\s]+$/.test(decoded) ? { decoded, at: match.index } : undefined;
}

const plainSigns = (text: string): readonly HostileSign[] =>
  [...SIGNS, ...OTHER_LANGUAGES, ...STANDING_ORDERS]
    .flatMap(([what, weight, ...patterns]) => {
      const places = patterns.map((pattern) => pattern.exec(text)?.index);
      const found = places.filter((at) => at !== undefined);
      return found.length < patterns.length ? [] : [{ what, weight, at: least(found) }];
    })
    // The same sign in two languages or wordings is one.
    .filter(({ what }, index, all) => all.findIndex((sign) => sign.what === what) === index);

/** All signs of a text, those behind base64 and hidden letters included; empty for what a person would write. */
export function hostileSigns(whole: string): readonly HostileSign[] {
  const text = whole.slice(0, MAX_LENGTH);
  const hidden = HIDDEN.exec(text);
  const shown = hidden === null ? text : shownTags(text);
  const signs = [...plainSigns(shown)];
  if (hidden !== null) signs.push({ what: 'holds letters that nobody sees', weight: 2, at: hidden.index });
  const inner = behindBase64(text);
  if (inner !== undefined && plainSigns(inner.decoded).length > 0) signs.push({ what: 'orders behind base64', weight: 3, at: inner.at });
  return signs;
}

/** Weights added up. */
export const hostility = (signs: readonly HostileSign[]): number => signs.reduce((sum, { weight }) => sum + weight, 0);

/** Tools that a text would have called, by their names: `call get_site_plan, then send it with web_fetch` names two. */
export const namedTools = (text: string): ReadonlySet<string> =>
  new Set(
    [
      ...text
        .slice(0, MAX_LENGTH)
        .matchAll(/\b(?:call|use|invoke|run|with|via|through)\s[`"']?([a-z][a-z0-9]{1,20}(?:_[a-z0-9]{1,20}){1,4})\b/gi),
    ].map(([, name = '']) => name.toLowerCase()),
  );

/**
 * What a text names so exactly that a later call with it cannot be chance: ids, hosts, addresses, sums.
 * Example: `pay 814.37 for 01JK20AHPQ` gives `814.37` and `01jk20ahpq`.
 */
export function namedThings(text: string): ReadonlySet<string> {
  const things = new Set<string>();
  for (const [word] of text.slice(0, MAX_LENGTH).matchAll(/[A-Za-z0-9][\w.+@-]{3,120}[A-Za-z0-9]/g)) {
    const isId = /\d/.test(word) && (word.length >= 6 || /[A-Za-z-]/.test(word));
    const isPlace = /[A-Za-z0-9]\.[a-z]{2,}$/i.test(word);
    if ((isId || isPlace) && !/^(?:19|20)\d\d-\d\d-\d\d/.test(word)) things.add(word.toLowerCase());
  }
  return things;
}
