import { sayStep } from '../../../model/named-operation.ts';
import { append } from '../../../lib/append.ts';
import { durationText } from '../../../lib/duration.ts';
import type { FindingDraft } from '../detector.ts';
import { worstFirst } from './data-words.ts';
import type { SentPart } from './sent-parts.ts';
import { dataName } from '../../../model/data-words.ts';
import { countOf, dataOf, listOf, plural, sizeOf } from '../spoken.ts';
import { defang, type UntrustedRead } from './untrusted.ts';
import type { FlowCall } from './run-calls.ts';

export type StorySteps = NonNullable<FindingDraft['story']>;

/** What the story is told from; calls in time order. */
export interface StoryFacts {
  readonly untrusted: UntrustedRead | undefined;
  readonly reads: readonly FlowCall[];
  /** Failed calls to the same endpoints: misses of someone who guesses. */
  readonly misses: readonly FlowCall[];
  readonly provingIds: ReadonlySet<number>;
  /** What was sent, moment by moment. */
  readonly parts: readonly SentPart[];
  readonly host: string;
  readonly hostIsNew: boolean;
  readonly after: readonly FlowCall[];
  readonly token: { readonly call: number; readonly text: string } | undefined;
}

const pathOf = (call: FlowCall): string => sayStep(call.method, call.template);

function readSteps({ reads, misses, provingIds }: StoryFacts): StorySteps {
  const byEndpoint = new Map<string, FlowCall[]>();
  for (const call of reads) {
    const list = byEndpoint.get(pathOf(call)) ?? [];
    list.push(call);
    byEndpoint.set(pathOf(call), list);
  }
  return [...byEndpoint].map(([endpoint, calls]) => {
    const first = calls[0];
    const last = calls.at(-1);
    const missed = misses.filter((call) => pathOf(call) === endpoint).length;
    const types = worstFirst(calls.flatMap((call) => call.dataTypes));
    const things = new Set(calls.map((call) => call.path)).size;
    const within = first === undefined || last === undefined ? 0 : (last.time - first.time) / 1e6;
    const proving = calls.filter((call) => provingIds.has(call.id)).length;
    const what = types.length === 0 ? 'sensitive data' : listOf(types.map(dataName), 3);
    const many = calls.length + missed > 1;
    const text = [
      `Read ${what} with ${endpoint}`,
      many
        ? `: ${plural(calls.length + missed, 'call')} in ${durationText(Math.max(1, Math.round(within)))}, ${plural(things, 'object')}`
        : '',
      missed > 0 ? `, ${countOf(missed)} not there` : '',
      proving > 0
        ? `; values of ${proving === calls.length && !many ? 'this answer' : plural(proving, 'of these answers', 'of these answers')} were sent away later`
        : '',
    ].join('');
    return { call: first?.id ?? 0, role: 'sensitive read', text };
  });
}

/** What one moment's calls carried; that the host is new is said of the first. */
function sendStep({ sends, sent, values }: SentPart, host: string, isFirstEver: boolean): StorySteps {
  const [first] = sends;
  if (first === undefined) return [];
  const types = worstFirst(sent.keys());
  const named =
    types.length > 0
      ? listOf(
          types.map((type) => dataOf(type, sent.get(type) ?? 0)),
          3,
        )
      : values > 0
        ? plural(values, 'value')
        : 'data';
  const bytes = sends.reduce((sum, send) => sum + (send.reqBytes ?? 0), 0);
  const proof = values > 0 ? `; ${plural(values, 'value')} in it ${values === 1 ? 'stands' : 'stand'} in the answers read before` : '';
  const fresh = isFirstEver ? ', a host that nothing had called before' : '';
  const size = bytes > 0 ? `, ${sizeOf(bytes)}` : '';
  return [
    {
      call: first.id,
      role: 'outward send',
      text: `Sent ${named} to ${defangHost(host)}${fresh}: ${plural(sends.length, 'call')} of ${pathOf(first)}${size}${proof}`,
    },
  ];
}

/** Tells what happened, in order, with the numbers that make it. */
export function tellStory(facts: StoryFacts): StorySteps {
  const { untrusted, parts, host, hostIsNew, after, token } = facts;
  const steps: StorySteps[number][] = [];
  if (token !== undefined) steps.push({ call: token.call, role: 'credential', text: token.text });
  if (untrusted !== undefined) {
    const what = `Read ${sayStep(untrusted.call.method, untrusted.call.path)}, words that a stranger wrote`;
    const says =
      untrusted.quote === undefined
        ? ''
        : untrusted.namesSink
          ? `; the text names ${defangHost(host)}: “${untrusted.quote}”`
          : untrusted.givesOrders
            ? `; the text gives orders: “${untrusted.quote}”`
            : '';
    steps.push({ call: untrusted.call.id, role: 'untrusted input', text: what + says });
  }
  append(steps, readSteps(facts));
  append(
    steps,
    parts.flatMap((part, at) => sendStep(part, host, hostIsNew && at === 0)),
  );
  const [leading] = after;
  // The same request at the gateway and in the mesh behind it is said once.
  const next = [...new Set(after.map((call) => sayStep(call.method, call.path)))].slice(0, 2);
  if (leading !== undefined)
    steps.push({
      call: leading.id,
      role: 'afterwards',
      text: `Went on as if nothing had been: ${listOf(next)}`,
    });
  // Times decide, but the credential came with everything and stands first.
  return steps;
}

/** A host name that no mail client or viewer turns into a link. */
export const defangHost = (host: string): string => defang(`https://${host}`).slice('hxxps://'.length);
