import type { Belonging, CallNotes } from '../call-notes.ts';
import { printSign } from '../personal/data-signs.ts';
import { noteValueTypes } from '../personal/data-types.ts';
import { findSecrets, findSecretsByForm, hasState, replaceFound, typeOfParameter, withoutOverlap, type FoundSecret } from './text.ts';
import { mayHoldHook } from './hook-tokens.ts';
import { isJsonLike, maskJsonValue } from './json-secrets.ts';
import { notePacked } from '../packed-json.ts';
import { isPlaceholder } from './placeholder.ts';
import type { SecretType } from './token.ts';
import { append } from '../../../lib/append.ts';
import { throughFormEscapes, throughUrlEscapes } from './through-escapes.ts';
import type { Secret, Vault } from './secret.ts';

/** Shorter texts hold no secret by form; card numbers are the shortest. Units: characters. */
const MIN_FORM = 10;
/** Longer secrets inside an encoded parameter are not looked for in every spelling. Units: characters. */
const MAX_SPELLED = 256;

/** What a part of a URL has that says more than a word: parameters, JSON, a header, a URL as gateways that fetch are handed it. `/keys/7:rotate` has none of it. */
const MAY_NAME = /[;="\s]|:\/\//;

/** The same for a whole path that may be encoded; nearly all have nothing of it. */
const MAY_HIDE = /[;="\s%@]/;

/** Masks a raw query (`a=1&b=2`); notes secrets and kinds of data by parameter. Raw spelling is kept where nothing is masked. */
export function maskQuery(query: string, notes: CallNotes, vault: Vault): string {
  if (query === '') return query;
  const isGrant = hasState(query);
  const parts = query.split('&').map((part) => {
    const equals = part.indexOf('=');
    const spelled = equals < 0 ? part : part.slice(0, equals);
    const plain = spelled.includes('%') ? decoded(spelled) : spelled;
    // A key may stand where a name does: `?ghp_…`, alone or before a `=`.
    const { masked: name, secrets } = vault.inName(plain);
    for (const secret of secrets) notes.secret('query', name, name, secret, 'misplaced');
    const kept = name === plain ? spelled : ofUrl(name);
    const raw = equals < 0 ? '' : part.slice(equals + 1);
    if (raw === '') return equals < 0 ? kept : `${kept}=`;
    const value = raw.includes('%') || raw.includes('+') ? decoded(raw) : raw;
    const { masked, secrets: inValue } = maskParameter(name, value, notes, vault, isGrant);
    return `${kept}=${masked === value ? raw : ofUrl(asSpelled(raw, masked, inValue, vault))}`;
  });
  return parts.join('&');
}

/** Only the letter that would make two parameters of one is put back into its URL spelling. */
const ofUrl = (text: string): string => text.replaceAll('&', '%26');

/** A decoded text with its secrets masked, and what they were. */
interface MaskedPart {
  readonly masked: string;
  readonly secrets: readonly Secret[];
}

/**
 * The same masks in the text as the evidence spelt it: what stands around a secret keeps its escapes, so that a path is found by what the
 * log says. The decoded text where a secret cannot be told from its surroundings by its own letters, as with a digit that stands there once more.
 */
function asSpelled(raw: string, masked: string, secrets: readonly Secret[], vault: Vault): string {
  if (decoded(raw) === raw) return masked;
  let kept = raw;
  for (const { text, token } of secrets.toSorted((a, b) => b.text.length - a.text.length)) {
    if (text.length > MAX_SPELLED) return masked;
    kept = kept.replaceAll(vault.anySpelling(text), () => token);
  }
  return decoded(kept) === masked ? kept : masked;
}

const foundIn = (text: string, found: readonly FoundSecret[]): MaskedPart => ({
  masked: replaceFound(text, found),
  secrets: found.map(({ secret }) => secret),
});

function maskParameter(name: string, value: string, notes: CallNotes, vault: Vault, isGrant: boolean): MaskedPart {
  const byName = typeOfParameter(name, value, vault, isGrant);
  if (byName !== undefined) {
    const secret = vault.secret(value, byName, name);
    notes.secret('query', name, name, secret, 'misplaced');
    notePacked(value, 'query', name, notes, vault);
    return { masked: secret.token, secrets: [secret] };
  }
  const json = jsonOf(value);
  if (json !== undefined) {
    const secrets: Secret[] = [];
    const masked = maskJsonValue(json, vault, (pointer, secret) => {
      secrets.push(secret);
      notes.secret('query', `${name}|${pointer}`, `${name}|${pointer.replaceAll(/\[\d+\]/g, '[*]')}`, secret, 'misplaced');
    });
    if (masked !== json) return { masked, secrets };
  }
  const found = value.length >= MIN_FORM ? findSecretsByForm(value, vault) : [];
  // A signed URL's credential names its key's id on purpose: X-Amz-Credential, X-Goog-Credential.
  const belonging: Belonging = /credential$/i.test(name) ? 'presented' : 'misplaced';
  for (const { secret } of found) notes.secret('query', name, name, secret, belonging);
  if (found.length === 0)
    noteValueTypes(vault.prior(name), value, (type, strength) => {
      notes.kind('query', name, printSign(type, strength));
    });
  if (found.length > 0 && !MAY_NAME.test(value)) return foundIn(value, found);
  notePacked(value, 'query', name, notes, vault);
  const named = MAY_NAME.test(value) ? findSecrets(value, vault) : found;
  // What a parameter's own text names, a command line first, is as misplaced in an address as a parameter of that name.
  for (const { secret } of named)
    if (!found.some((each) => each.secret.text === secret.text)) notes.secret('query', name, name, secret, belonging);
  return foundIn(value, named);
}

/** The JSON that a parameter's decoded value is, encoded once more or not; `undefined` for any other value. */
function jsonOf(value: string): string | undefined {
  const first = value.charCodeAt(0);
  // `{`, `[`, `%`, a blank: nearly every value begins otherwise.
  if (first !== 123 && first !== 91 && first !== 37 && first !== 32) return undefined;
  const text = first === 37 ? decoded(value) : value;
  return isJsonLike(text) ? text : undefined;
}

/** Words in a path that make a secret of what stands some segments behind them. */
const LEADS_TO_SECRET = /\/(?:services\/T|(?:password[-_])?reset|verify|confirm|invite|activate|magic|unsubscribe)/;

const findInSegment = (segment: string, vault: Vault): readonly FoundSecret[] => {
  if (!MAY_NAME.test(segment)) return findSecretsByForm(segment, vault);
  const inUrl = segment.includes(';') ? findSecretsInUrl(segment, vault) : [];
  return inUrl.length > 0 ? inUrl : findSecrets(segment, vault);
};

/** A password in a URL that is a part of a path, whose slashes some servers join: `/fetch/https:/ann:hunter2@shop.example/`. */
const USER_INFO = /:\/{1,2}[^\s/:@‹]{0,200}:([^\s/@‹]{1,200})@/g;

function findUserInfo(path: string, vault: Vault): readonly FoundSecret[] {
  if (!path.includes('@') || !path.includes(':/')) return [];
  return Array.from(path.matchAll(USER_INFO)).flatMap(({ index, 0: whole, 1: raw = '' }): FoundSecret[] => {
    const end = index + whole.length - 1;
    return isPlaceholder(raw) ? [] : [{ start: end - raw.length, end, secret: vault.secret(raw, 'password') }];
  });
}

/** E-mail addresses, IBANs and numbers with a plus; other segments are words and ids. */
const MAY_BE_DATA = /@|^\+\d|^[A-Z]{2}\d{2}[A-Z0-9 ]{11}|^\d{3}-\d{2}-\d{4}$/;

/** Masks a raw path segment by segment; notes what stands in it under `segment 3`, counted from one. `host`: may say what its paths end in. */
export function maskPath(path: string, host: string | undefined, notes: CallNotes, vault: Vault): string {
  if (!/[^/]{10,}|[@;]|%40|%3b/i.test(path)) return path;
  const segments = path.split('/').map((raw, index) => {
    if (raw.length < 6) return raw;
    const segment = raw.includes('%') ? decoded(raw) : raw;
    const place = `segment ${String(index)}`;
    const found = findInSegment(segment, vault);
    for (const { secret } of found) notes.secret('path', place, place, secret, 'misplaced');
    if (found.length > 0) {
      const { masked, secrets } = foundIn(segment, found);
      return asSpelled(raw, masked, secrets, vault);
    }
    if (MAY_BE_DATA.test(segment))
      noteValueTypes(vault.prior('segment'), segment, (type, strength) => {
        notes.kind('path', place, printSign(type, strength));
      });
    return raw;
  });
  const joined = segments.join('/');
  const passwords = findUserInfo(joined, vault);
  for (const { secret } of passwords) notes.secret('path', 'user info', 'user info', secret, 'misplaced');
  const masked = replaceFound(joined, passwords);
  const before = host !== undefined && mayHoldHook(host) ? host : '';
  if (before === '' && !LEADS_TO_SECRET.test(masked) && !mayHoldHook(masked)) return masked;
  const whole = before + masked;
  const found = findSecretsByForm(whole, vault).filter(({ start }) => start >= before.length);
  for (const { start, secret } of found) {
    const place = `segment ${String(whole.slice(before.length, start).split('/').length - 1)}`;
    notes.secret('path', place, place, secret, 'misplaced');
  }
  return replaceFound(whole, found).slice(before.length);
}

/** Finds the secrets of a whole URL as a header or body holds it: user info, parameters, tokens in the path and fragment. */
export function findSecretsInUrl(url: string, vault: Vault): readonly FoundSecret[] {
  const found: FoundSecret[] = [...findSecretsByForm(url, vault)];
  const taken = (start: number): boolean => found.some((each) => start >= each.start && start < each.end);
  const add = (start: number, value: string, type: SecretType): void => {
    if (value !== '' && !taken(start) && !isPlaceholder(value))
      found.push({ start, end: start + value.length, secret: vault.secret(value, type) });
  };
  const user = /^[a-z][a-z0-9+.-]*:\/\/[^/?#@]*:([^/?#@]+)@/i.exec(url);
  if (user?.[1] !== undefined) add(user[0].length - 1 - user[1].length, user[1], 'password');
  const isGrant = hasState(url);
  for (const match of url.matchAll(/[?&#;]([^=&#?;]{1,60})=([^&#;]*)/g)) {
    const [whole, name = '', raw = ''] = match;
    const start = match.index + whole.length - raw.length;
    const value = decoded(raw);
    const type = typeOfParameter(decoded(name), value, vault, isGrant);
    const json = type === undefined ? jsonOf(value) : undefined;
    if (type !== undefined) add(start, raw, type);
    else if (json === undefined && MAY_NAME.test(value))
      append(
        found,
        findEncoded(raw, start, vault).filter((each) => !taken(each.start)),
      );
    else if (json !== undefined)
      maskJsonValue(json, vault, (_, secret) => {
        // A secret too long to be looked for letter by letter takes its whole parameter with it.
        if (secret.text.length > MAX_SPELLED) add(start, raw, secret.type);
        else for (const each of raw.matchAll(vault.anySpelling(secret.text))) add(start + each.index, each[0], secret.type);
      });
  }
  for (const each of findInPath(url, vault)) if (!taken(each.start)) found.push(each);
  return withoutOverlap(found);
}

/** The secrets that a part of a URL holds when it is decoded. `at` is the place of the part. */
const findEncoded = (part: string, at: number, vault: Vault): readonly FoundSecret[] =>
  // A plus is a blank of a form or the letter itself: a command line has the one, Base64 the other.
  withoutOverlap(
    [throughUrlEscapes, ...(part.includes('+') ? [throughFormEscapes] : [])]
      .flatMap((through) => through(part, (plain) => findSecrets(plain, vault)))
      .map(({ start, end, secret }) => ({ start: start + at, end: end + at, secret })),
  );

/** What the segments of a URL's path say by name, and passwords in URLs inside of it. */
function findInPath(url: string, vault: Vault): readonly FoundSecret[] {
  const scheme = url.indexOf('://');
  const from = scheme < 0 ? 0 : url.indexOf('/', scheme + 3);
  if (from < 0) return [];
  const mark = url.slice(from).search(/[?#]/);
  const end = mark < 0 ? url.length : from + mark;
  const path = url.slice(from, end);
  if (!MAY_HIDE.test(path)) return [];
  const found: FoundSecret[] = findUserInfo(url.slice(0, end), vault).filter(({ start }) => start >= from);
  let start = from;
  for (const segment of path.split('/')) {
    if (segment.length >= MIN_FORM && MAY_NAME.test(segment.includes('%') ? decoded(segment) : segment))
      append(found, findEncoded(segment, start, vault));
    start += segment.length + 1;
  }
  return found;
}

/** A URL with its secrets masked. */
export const maskUrl = (url: string, vault: Vault): string => replaceFound(url, findSecretsInUrl(url, vault));

/** URL-decoded text; as it is where a lone `%` shows that it was not encoded. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // Not URL-encoded after all: evidence is kept as it came.
    return text;
  }
}
