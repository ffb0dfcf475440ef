import type { Header } from '../../../model/call.ts';
import { estimateBits } from './entropy.ts';
import type { MaskedCall, StoredBody, StoredDetail } from './masked-call.ts';
import { spellingsOf } from './raw.ts';
import type { Secret } from './secret.ts';

/** A shorter secret shares its letters with words and numbers that are none: `hunter2`, `admin`. Units: characters. */
const MIN_LENGTH = 8;
/** One that is easier to guess may be a word of the evidence: `/customers` is no place to mask because somebody chose it as a password. Units: bits. */
const MIN_BITS = 40;
/** More secrets than a call that is no list of them has; a list is long, and to search it for each takes the square of it. */
const MOST = 100;

/**
 * Masks the secrets of a call where they stand in it once more and nothing says what they are: a password in a remark beside it, a token
 * that the answer repeats, a key that is a segment of the path, too.
 * Cost: one search of each text for each secret; nothing for calls without.
 */
export function maskEchoes(masked: MaskedCall, secrets: Iterable<Secret>): MaskedCall {
  const found = new Map<string, string>();
  let count = 0;
  for (const { text, token } of secrets) {
    if (count >= MOST) break;
    if (text.length < MIN_LENGTH || estimateBits(text) < MIN_BITS) continue;
    count += 1;
    for (const spelling of spellingsOf(text)) found.set(spelling, token);
  }
  if (count === 0) return masked;
  // A secret may begin with another: were the shorter replaced first, the rest of the longer would stand in clear.
  const longestFirst = [...found].sort(([a], [b]) => b.length - a.length);
  const mask = <Text extends string | undefined>(text: Text): Text | string => {
    let kept: Text | string = text;
    for (const [spelling, token] of longestFirst) if (kept?.includes(spelling) === true) kept = kept.replaceAll(spelling, () => token);
    return kept;
  };
  const { call, detail } = masked;
  return {
    ...masked,
    call: {
      ...call,
      path: mask(call.path),
      query: mask(call.query),
      referer: mask(call.referer),
      redirectUrl: mask(call.redirectUrl),
      route: mask(call.route),
      consumer: mask(call.consumer),
      userAgent: mask(call.userAgent),
      requestId: mask(call.requestId),
    },
    detail: maskDetail(detail, mask),
  };
}

function maskDetail(detail: StoredDetail, mask: (text: string) => string): StoredDetail {
  const headers = (list: readonly Header[] | undefined): readonly Header[] | undefined =>
    list?.map(([name, value]) => [name, mask(value)] as const);
  const body = (stored: StoredBody | undefined): StoredBody | undefined =>
    stored?.text === undefined ? stored : { ...stored, text: mask(stored.text) };
  return {
    ...detail,
    requestHeaders: headers(detail.requestHeaders),
    responseHeaders: headers(detail.responseHeaders),
    requestBody: body(detail.requestBody),
    responseBody: body(detail.responseBody),
    extras: headers(detail.extras),
    initiatorUrl: detail.initiatorUrl === undefined ? undefined : mask(detail.initiatorUrl),
    redirectUrl: detail.redirectUrl === undefined ? undefined : mask(detail.redirectUrl),
  };
}
