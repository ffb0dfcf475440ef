import type { PrincipalKind } from '#shared/contract/report-json.ts';
import type { Overview } from '#shared/contract/rows.ts';
import { toCalls, toEndpoints, toIdentities, toPartlyAnswered, toUnanswered } from '../../state/places.ts';
import type { Place } from '../../state/url.ts';
import { formatCount, formatPlural, formatTime } from '../../widgets/format.ts';

/** A stretch of a sentence; one with `to` is a link. */
export interface SentencePart {
  readonly text: string;
  readonly to?: Partial<Place>;
}

export type Sentence = readonly SentencePart[];

const KIND_WORDS: readonly (readonly [kind: PrincipalKind, one: string, many: string])[] = [
  ['agent', 'agent', 'agents'],
  ['human', 'person', 'people'],
  ['service', 'service', 'services'],
  ['unknown', 'unknown principal', 'unknown principals'],
];

const toInventory = (tab?: string): Partial<Place> => ({ view: 'inventory', endpoint: undefined, filter: undefined, tab });

/** What happened, as sentences with their numbers as links. Shape: one inner list per sentence. */
export function toSentences(overview: Overview): readonly Sentence[] {
  const sentences: Sentence[] = [];
  if (overview.info.calls > 0) sentences.push(whoDidWhat(overview));
  if (overview.callsByKind.agent > 0) {
    sentences.push(whatAgentsDid(overview));
  }
  sentences.push(whatIsDescribed(overview));
  sentences.push(whatToDecide(overview));
  return sentences;
}

/** Who called, by kind. A network and a browser are no person: how many stand behind them the evidence does not tell. */
function whoCalled({ principalsByKind, visitors, agents }: Overview): readonly SentencePart[] {
  return KIND_WORDS.flatMap(([kind, one, many]): readonly SentencePart[] => {
    const weak = kind === 'human' ? visitors : 0;
    const known = principalsByKind[kind] - weak;
    // One agent is a principal for each user that it acts for.
    const isShared = kind === 'agent' && agents.programs < known;
    const told = isShared
      ? `${formatPlural(agents.programs, one, many)} for ${formatPlural(agents.users, 'user')}`
      : formatPlural(known, one, many);
    const toKind = (words: string): Partial<Place> => toIdentities('principals', `kind:${kind}${words}`);
    return [
      ...(known === 0 ? [] : [{ text: told, to: toKind(weak === 0 ? '' : ' is:named') }]),
      ...(weak === 0 ? [] : [{ text: `${formatPlural(weak, 'visitor')} told apart by network and browser only`, to: toKind(' is:weak') }]),
    ];
  });
}

function whoDidWhat(overview: Overview): Sentence {
  const { info, hosts, endpoints } = overview;
  const who = whoCalled(overview);
  const when =
    info.window === undefined
      ? [{ text: 'At times that the evidence does not tell, ' }]
      : [{ text: `Between ${formatTime(info.window[0], 'min')} and ${formatTime(info.window[1], 'min')} UTC, ` }];
  return [
    ...when,
    ...(who.length === 0 ? [{ text: 'principals not yet told apart' }] : joinParts(who)),
    { text: ' made ' },
    { text: formatPlural(info.calls, 'call'), to: toCalls('') },
    ...(hosts === 0 ? [] : [{ text: ' to ' }, { text: formatPlural(hosts, 'host'), to: toInventory() }]),
    { text: ' through ' },
    { text: formatPlural(endpoints, 'endpoint'), to: toInventory('flat') },
    { text: '.' },
  ];
}

/** A request that gateway, mesh and service each wrote down is one thing that its agent did. */
function whatAgentsDid({ callsByKind: { agent: calls }, agentHops: hops }: Overview): Sentence {
  const made = hops === 0 ? toCalls('is:agent') : toCalls('is:agent -is:hop');
  const own: Sentence = [{ text: 'Agents made ' }, { text: formatPlural(calls - hops, 'of the calls', 'of the calls'), to: made }];
  if (hops === 0) return [...own, { text: '.' }];
  return [
    ...own,
    { text: ' themselves; ' },
    { text: formatCount(hops), to: toCalls('is:agent is:hop') },
    { text: ` more ${hops === 1 ? 'is an inner hop' : 'are inner hops'} of these.` },
  ];
}

function whatIsDescribed({ specs, shadowEndpoints, describedEndpoints }: Overview): Sentence {
  if (specs === 0) return [{ text: 'No API description is among the evidence, so nothing can be called undocumented.' }];
  if (shadowEndpoints === 0 && describedEndpoints === 0)
    return [
      { text: 'No called endpoint is on a host that ' },
      { text: specs === 1 ? 'the API description' : `the ${formatCount(specs)} API descriptions`, to: toInventory('coverage') },
      { text: ` ${specs === 1 ? 'is' : 'are'} of, so nothing can be called undocumented.` },
    ];
  if (shadowEndpoints === 0)
    return [
      {
        text: `Every endpoint on a described host is in ${specs === 1 ? 'its API description' : `one of the ${formatCount(specs)} API descriptions`}.`,
      },
    ];
  return [
    { text: formatPlural(shadowEndpoints, 'endpoint'), to: toEndpoints('spec:shadow') },
    { text: ` ${shadowEndpoints === 1 ? 'is' : 'are'} in no API description, though ` },
    { text: formatPlural(specs, 'description'), to: toInventory('coverage') },
    { text: ` ${specs === 1 ? 'was' : 'were'} given.` },
  ];
}

function whatToDecide({ info, findingsBySeverity, notEvaluable, partlyEvaluable }: Overview): Sentence {
  if (!info.analyzed) return [{ text: 'The case has not been analysed yet.' }];
  const findings = Object.values(findingsBySeverity).reduce((sum, count) => sum + count, 0);
  const unanswered: Sentence =
    notEvaluable.length === 0
      ? []
      : [
          { text: ' ' },
          { text: formatPlural(notEvaluable.length, 'question'), to: toUnanswered },
          { text: ' could not be answered with this evidence.' },
        ];
  const halfSeen = new Set(partlyEvaluable.map(({ detector }) => detector)).size;
  const partly: Sentence =
    halfSeen === 0
      ? []
      : [
          { text: ' ' },
          { text: formatPlural(halfSeen, 'question'), to: toPartlyAnswered },
          { text: ' could be put to a part of it only.' },
        ];
  if (findings === 0) return [{ text: `Nothing was found in ${formatPlural(info.calls, 'call')}.` }, ...unanswered, ...partly];
  return [
    { text: formatPlural(findings, 'finding'), to: { view: 'findings', finding: undefined } },
    { text: ' so far, most urgent first.' },
    ...unanswered,
    ...partly,
  ];
}

/** `a`, `a and b`, `a, b and c`. */
function joinParts(parts: readonly SentencePart[]): readonly SentencePart[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [{ text: index === parts.length - 1 ? ' and ' : ', ' }, part]));
}
