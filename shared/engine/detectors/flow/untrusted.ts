import { withoutFingerprints } from '../../intake/masking/token.ts';
import { scanJson } from '../../intake/json-leaves.ts';
import type { DetectorTools } from '../detector.ts';
import { succeeded, type FlowCall } from './run-calls.ts';

/** Paths under which strangers' words are kept: whoever reads them for an agent hands it a stranger's orders. */
const STRANGERS_WORDS =
  /(?:^|[/_-])(?:tickets?|inbox|mails?|emails?|messages?|threads?|comments?|replies|issues|reviews?|feedback|attachments?|conversations?|chats?|posts?|articles?|pages?|documents?|search|rag|scrape|fetch|browse|cases|enquir(?:y|ies)|requests)(?:[/_-]|$)/i;
/** Phrases by which a text gives orders to its reader rather than telling something. */
const ORDERS =
  /\b(?:ignore (?:all|any|the|previous|prior)|disregard|do not (?:tell|mention|inform)|no need to mention|don't (?:tell|mention)|without (?:telling|mentioning)|instead of|you (?:must|should|are now)|system prompt|send (?:the|it|them|all|number|every)|post (?:the|it|them|all)|forward (?:the|it|them|all)|upload (?:the|it|them|all))\b/i;
/** Characters of a text that the story quotes. */
const QUOTED = 190;
/** Of them, after the telling word. */
const AFTER = 60;

/** A read of text that strangers wrote. */
export interface UntrustedRead {
  readonly call: FlowCall;
  /** True when the text names the host that data went to. */
  readonly namesSink: boolean;
  /** True when the text gives orders. */
  readonly givesOrders: boolean;
  /** The telling part, masked and defanged; undefined without a body. */
  readonly quote: string | undefined;
}

/** Makes URLs and hosts in quoted evidence unclickable, as analysts write them: `hxxps://files[.]evil[.]test`. */
export const defang = (text: string): string =>
  text.replace(/\bhttp(s?):\/\/([^\s/"'<>]+)/gi, (_, secure: string, host: string) => `hxxp${secure}://${host.replaceAll('.', '[.]')}`);

/** Texts of a body: its JSON strings, or the whole of it. */
function textsOf(body: string): readonly string[] {
  const texts: string[] = [];
  scanJson(body, (leaf) => {
    if (leaf.kind === 'string') texts.push(leaf.text);
    return texts.length < 2_000;
  });
  return texts.length === 0 ? [body] : texts;
}

/** The stretch of a text that ends soon after `at`, begun at a sentence or a word. */
function quoteAround(text: string, at: number): string {
  const sentence = text.lastIndexOf('. ', Math.max(0, at - 1)) + 1;
  const earliest = at + AFTER - QUOTED;
  const from = sentence >= earliest ? sentence : text.indexOf(' ', earliest) + 1;
  const cut = text
    .slice(from, from + QUOTED)
    .trim()
    .replace(/\s+/g, ' ');
  return `${from > 0 ? '…' : ''}${cut}${from + QUOTED < text.length ? '…' : ''}`;
}

/** What the text of an answer says about the host that data went to later. */
function look(body: string | undefined, sinkHost: string): Omit<UntrustedRead, 'call'> {
  let best: Omit<UntrustedRead, 'call'> = { namesSink: false, givesOrders: false, quote: undefined };
  if (body === undefined) return best;
  for (const text of textsOf(body)) {
    const named = text.toLowerCase().indexOf(sinkHost.toLowerCase());
    const orders = ORDERS.exec(text)?.index ?? -1;
    if (named < 0 && orders < 0) continue;
    // The place that gives the order tells more than the bare address.
    const quote = defang(withoutFingerprints(quoteAround(text, named >= 0 ? named : orders)));
    const found = { namesSink: named >= 0, givesOrders: orders >= 0, quote };
    if (Number(found.namesSink) * 2 + Number(found.givesOrders) > Number(best.namesSink) * 2 + Number(best.givesOrders)) best = found;
  }
  return best;
}

/** True when the endpoint hands out what strangers wrote. */
const isStrangersWords = (call: FlowCall): boolean => STRANGERS_WORDS.test(call.template);

/**
 * Reads of strangers' words among the calls before a send, the most telling first: those that name the sink, then those that give orders, then
 * the latest.
 */
export function findUntrusted(
  tools: DetectorTools,
  before: readonly FlowCall[],
  sinkHost: string,
  sightings: (id: number) => readonly number[],
): readonly UntrustedRead[] {
  const found: UntrustedRead[] = [];
  for (const call of before) {
    if (call.method !== 'GET' || !succeeded(call) || !isStrangersWords(call)) continue;
    const body = sightings(call.id)
      .map((id) => tools.detail(id).responseBody?.text)
      .find((text) => text !== undefined);
    found.push({ call, ...look(body, sinkHost) });
  }
  const weight = (read: UntrustedRead): number => Number(read.namesSink) * 2 + Number(read.givesOrders);
  return found.sort((a, b) => weight(b) - weight(a) || b.call.time - a.call.time);
}
