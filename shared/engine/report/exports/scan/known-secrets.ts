import { createRecent } from '../../../intake/recent.ts';
import { estimateBits } from '../../../intake/masking/entropy.ts';
import type { CryptoPort } from '../../../ports.ts';
import type { SqlDriver } from '../../../store/driver.ts';
import { caseKey } from '../../../store/open.ts';

/** Below this a fingerprint is made with a key that is not kept, so that there is nothing to compare with. Units: bits. */
const STRONG_BITS = 64;
/** Tokens whose fingerprints are remembered: the same ids come again in every line. */
const REMEMBERED = 50_000;
/** Shorter texts have fewer than 64 bits. Units: characters. */
const MIN_TOKEN = 11;
const TOKEN = /(?<![A-Za-z0-9._~+/=:-])[A-Za-z0-9._~+/=:-]{11,}/g;
/** What a run of token letters is put together with. */
const JOINTS = /([/=:]+)/;

/** The credentials of a case, found in texts by their fingerprints: their own texts are not kept. */
export interface KnownSecrets {
  /** True where one stands in the text as it is. */
  readonly standIn: (text: string) => boolean;
  /** The text with each that stands in it masked by its kind: `‹api-key›`. */
  readonly masked: (text: string) => string;
}

/** Makes the search for what the case knows as credentials. Cost: linear in the text; a hash for each run of token letters that is new. */
export function knownSecrets(db: SqlDriver, crypto: CryptoPort): KnownSecrets {
  const masks = new Map(
    db
      .prepare('SELECT fingerprint, kind FROM credential')
      .all<{ fingerprint: string; kind: string }>()
      .map(({ fingerprint, kind }) => [fingerprint, `‹${kind}›`]),
  );
  const key = caseKey(db);
  const maskOf = (token: string): string | undefined =>
    token.length < MIN_TOKEN || estimateBits(token) < STRONG_BITS ? undefined : masks.get(crypto.hmacHex(key, token));
  // A secret may be the whole run, the run without the dots around it, or a part between slashes, equals signs and colons.
  const maskRun = (run: string): string => {
    const whole = maskOf(run);
    if (whole !== undefined) return whole;
    const bare = run.replaceAll(/^[.:=/]+|[.:=/]+$/g, '');
    const mask = bare === run ? undefined : maskOf(bare);
    if (mask !== undefined) return run.replace(bare, () => mask);
    return JOINTS.test(run) ? run.split(JOINTS).map((part) => maskOf(part) ?? part).join('') : run; // prettier-ignore
  };
  const runs = createRecent(REMEMBERED, maskRun);
  return {
    standIn: (text) => {
      if (masks.size === 0) return false;
      for (const [run] of text.matchAll(TOKEN)) if (runs.get(run) !== run) return true;
      return false;
    },
    masked: (text) => (masks.size === 0 ? text : text.replaceAll(TOKEN, (run) => runs.get(run))),
  };
}
