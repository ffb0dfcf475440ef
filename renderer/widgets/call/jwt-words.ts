import type { Json, JsonObject } from '#shared/lib/json.ts';
import { formatDuration } from '../format.ts';

export interface ClaimWords {
  readonly text: string;
  /** True when the claim should make a reader stop. */
  readonly warn: boolean;
}

/** A token that lives longer than this is said to be long-lived; the detector has its own threshold. Units: s. */
const LONG_LIFE = 30 * 86_400;

const NAMES: Readonly<Record<string, string>> = {
  iss: 'who issued it',
  sub: 'whom it is about',
  aud: 'whom it is meant for',
  azp: 'the client it was issued to',
  client_id: 'the client it was issued to',
  scope: 'what it allows',
  scp: 'what it allows',
  act: 'who acts for the subject',
  jti: 'its own id',
  kid: 'the key that signed it',
  alg: 'how it is signed',
};

/** What a claim says in words: times as times, life spans as durations, `alg: none` as the warning that it is. */
export function claimInWords(name: string, value: Json, claims: JsonObject, usedAt: string | undefined): ClaimWords | undefined {
  if (name === 'alg' && typeof value === 'string' && value.toLowerCase() === 'none')
    return { text: 'not signed at all: anyone can write such a token', warn: true };
  if (name === 'exp' || name === 'iat' || name === 'nbf')
    return typeof value === 'number' ? timeClaim(name, value, claims, usedAt) : undefined;
  const words = NAMES[name];
  return words === undefined ? undefined : { text: words, warn: false };
}

function timeClaim(name: 'exp' | 'iat' | 'nbf', seconds: number, claims: JsonObject, usedAt: string | undefined): ClaimWords | undefined {
  const time = utc(seconds);
  if (time === undefined) return { text: 'not a time that exists', warn: true };
  const used = usedAt === undefined ? NaN : Date.parse(usedAt) / 1000;
  const gap = Number.isFinite(used) ? seconds - used : undefined;
  if (name !== 'exp') {
    const verb = name === 'iat' ? 'issued' : 'valid from';
    return { text: `${verb} ${time}${gap === undefined ? '' : `, ${distance(gap)} this call`}`, warn: gap !== undefined && gap > 0 };
  }
  const issued = claims['iat'] ?? claims['nbf'];
  const life = typeof issued === 'number' ? seconds - issued : undefined;
  const lives = life === undefined || life <= 0 ? '' : `; lives ${formatDuration(life * 1000)}`;
  return {
    text: `expires ${time}${gap === undefined ? '' : `, ${distance(gap)} this call`}${lives}`,
    warn: (gap !== undefined && gap < 0) || (life ?? 0) > LONG_LIFE,
  };
}

const distance = (gap: number): string => `${formatDuration(Math.abs(gap) * 1000)} ${gap < 0 ? 'before' : 'after'}`;

function utc(seconds: number): string | undefined {
  const date = new Date(seconds * 1000);
  return Number.isFinite(date.getTime()) ? `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC` : undefined;
}
