import type { Belonging, CallNotes } from '../call-notes.ts';
import { isLinkable } from '../call-notes.ts';
import { printSign } from '../personal/data-signs.ts';
import { countEmailsInside, noteValueTypes } from '../personal/data-types.ts';
import { scanJson, type JsonLeaf } from '../json-leaves.ts';
import { listedIn } from './json-secrets.ts';
import { findSecrets, findSecretsByForm, replaceFound, secretTypeOf, withoutOverlap, type FoundSecret } from './text.ts';
import { findNamedValues } from './named-values.ts';
import type { MessageMembers } from '../operations/message-members.ts';
import { isHexKey, opaqueSecret } from './opaque.ts';
import { isNested, nestedInBase64, notePacked } from '../packed-json.ts';
import type { Vault } from './secret.ts';

/** Whose body is masked, and where what it holds is noted. */
export interface BodyContext {
  readonly side: 'request' | 'response';
  readonly notes: CallNotes;
  readonly vault: Vault;
  /** True for log-ins and token exchanges, whose bodies are the place for secrets. */
  readonly isTokenExchange: boolean;
  /** What the request asks for, filled while its body is read. */
  readonly members: MessageMembers;
}

type Leaf = Omit<JsonLeaf, 'start' | 'end'>;

/** JSON inside strings of JSON is followed this deep: tool results hold it once, relayed ones twice. */
const MAX_NESTING = 3;
/** Scalars of one body that are masked one by one; a body that has more is larger than is kept. */
export const MAX_LEAVES = 20_000;
/** Longer strings are searched for secrets by form only. Units: characters. */
const MAX_NAMED_SEARCH = 64 * 1024;
/** Ids and addresses taken out of one string of prose. */
const MAX_TOKENS = 64;
const WORD_WITH_DIGIT = /^(?=.*\d)[\w.:@/+%=-]{6,128}$/;
/** Keys under which a login or a token endpoint gives out what it makes. */
const ISSUED = /^(?:access|refresh|id|auth|session|bearer)?_?token$|^jwt$|^session_?id$|^api_?key$|^client_secret$/i;

/** Masks the parts of one body, each as what it is; every one gives the text back with only its secrets changed. */
export interface LeafMasker {
  /** One value; `key` is the name that stands for it. */
  leaf(leaf: Leaf): string;
  /** JSON, whole or cut short. `prefix` stands before its pointers. */
  json(text: string, prefix: string): string;
  /** A whole text without structure, whose words are data. */
  prose(text: string, place?: Pick<Leaf, 'pointer' | 'field'>): string;
  /** What stands around the values: heads, comments, whatever a format does not explain. Its words link nothing. */
  aside(text: string, pointer?: string): string;
  /** A name of the evidence as it may be kept. */
  name(text: string, pointer?: string): string;
}

/** Makes the masker of one body. */
export function createLeafMasker(context: BodyContext): LeafMasker {
  const { side, notes, vault } = context;
  let leaves = 0;

  const belonging = (key: string | undefined): Belonging => {
    if (!context.isTokenExchange)
      return side === 'response' && key !== undefined && /^(?:access|refresh|id)_?token$/i.test(key) ? 'issued' : 'misplaced';
    if (side === 'request') return 'presented';
    return key !== undefined && ISSUED.test(key) ? 'issued' : 'misplaced';
  };

  /** `listed`: what its place in a list of arguments makes secret in it. */
  const leaf = (item: Leaf, nesting = 0, listed: readonly FoundSecret[] = []): string => {
    const { text, key, pointer, field } = item;
    if (side === 'request') context.members.take(pointer, text);
    const byName = key === undefined ? undefined : secretTypeOf(key, text, vault, field.endsWith('[*]'));
    if (byName !== undefined && (item.kind === 'string' || byName === 'payment-card' || byName === 'one-time' || byName === 'password')) {
      const secret = vault.secret(text, byName);
      notes.secret(side, pointer, field, secret, belonging(key));
      notePacked(text, side, pointer, notes, vault);
      return secret.token;
    }
    if (item.kind === 'literal') return text;
    if (item.kind === 'string' && nesting < MAX_NESTING && isNested(text)) return json(text, `${pointer}|`, `${field}|`, nesting + 1);
    const encoded = item.kind === 'string' && nesting < MAX_NESTING ? nestedInBase64(text) : undefined;
    if (encoded !== undefined) {
      // What a thief packs up before sending is masked and followed like anything in the open.
      const masked = json(encoded, `${pointer}|`, `${field}|`, nesting + 1);
      return masked === encoded ? text : base64Encoded(masked);
    }
    const hasSpace = text.includes(' ') || text.includes('\n') || text.includes('\r') || text.includes('\t');
    const alone =
      text.length < 10 ? [] : hasSpace && text.length <= MAX_NAMED_SEARCH ? findSecrets(text, vault) : findSecretsInToken(text, vault);
    const found = listed.length === 0 ? alone : withoutOverlap([...alone, ...listed]);
    for (const { secret } of found) notes.secret(side, pointer, field, secret, belonging(key));
    const opaque = item.kind === 'string' && !hasSpace && found.length === 0 ? opaqueSecret(vault.prior(field), text) : undefined;
    if (opaque !== undefined) {
      const secret = vault.secret(text, opaque);
      notes.doubt(side, pointer, field, secret);
      return secret.token;
    }
    const isWhole = found.length === 1 && found[0]?.start === 0 && found[0].end === text.length;
    // With its password in clear an argument would be noted by a fingerprint against which a weak one can be tried out.
    if (!isWhole) noteValues(listed.length === 0 ? item : { ...item, text: replaceFound(text, listed) }, hasSpace);
    return replaceFound(text, found);
  };

  /** A value whose name stands beside it; `undefined` when that promises no secret. */
  const maskNamed = ({ text, pointer, field }: Leaf, names: readonly string[]): string | undefined => {
    for (const name of names) {
      const type = secretTypeOf(name, text, vault);
      if (type === undefined) continue;
      const secret = vault.secret(text, type);
      notes.secret(side, pointer, field, secret, belonging(name));
      return secret.token;
    }
    return undefined;
  };

  const noteValues = ({ text, pointer, field, kind }: Leaf, hasSpace: boolean): void => {
    const prior = vault.prior(field);
    // A number is data only where its field says so, or where no other field names it: ids are numbers too.
    if (kind === 'string' || prior.type !== undefined) {
      if (isHexKey(prior, text)) notes.kind(side, field, printSign('secret', 'beside'));
      noteValueTypes(prior, text, (type, strength) => {
        // Short phrases that answers give as a reason are a program's.
        if (type !== 'free-text' || strength !== 'form' || side === 'request') notes.kind(side, field, printSign(type, strength));
      });
      const emails = hasSpace ? countEmailsInside(text, MAX_TOKENS) : 0;
      if (emails > 0) notes.kind(side, field, printSign('email', 'inside'), emails);
    } else if (prior.isSum) notes.kind(side, field, printSign('amount', 'beside'));
    notes.value(side, pointer, text);
    if (hasSpace) noteTokens(text, pointer);
    else if (text.includes('://') || text.startsWith('/')) noteUrlParts(text, pointer);
  };
  /** Ids, addresses and URLs inside prose: an instruction hidden in a ticket names where its reader shall go. */
  const noteTokens = (text: string, pointer: string): void => {
    let taken = 0;
    for (const word of text.slice(0, 16_384).split(/[\s"'<>()[\]{},;|]+/)) {
      if (taken >= MAX_TOKENS) return;
      const token = word.replace(/(?<![.:!?])[.:!?]+$/, '');
      const isUrl = token.includes('://');
      if (!isUrl && !token.includes('@') && !WORD_WITH_DIGIT.test(token)) continue;
      taken += 1;
      notes.value(side, pointer, token);
      if (isUrl) noteUrlParts(token, pointer);
    }
  };
  /** Host, path segments and parameter values of a URL: what a later call to it shows. */
  const noteUrlParts = (url: string, pointer: string): void => {
    for (const part of url.slice(0, 2048).split(/[/?&#=]+/, 40))
      if (part !== url && (/\d/.test(part) || part.includes('.')) && isLinkable(part)) notes.value(side, pointer, part);
  };

  const aside = (text: string, pointer = '$'): string => {
    const found = findSecrets(text, vault);
    for (const { secret } of found) notes.secret(side, pointer, pointer, secret, belonging(undefined));
    return replaceFound(text, found);
  };
  const maskName = (text: string, pointer = '$'): string => {
    const { masked, secrets } = vault.inName(text);
    for (const secret of secrets) notes.secret(side, pointer, pointer, secret, belonging(undefined));
    return masked;
  };

  const json = (text: string, prefix: string, fieldPrefix = prefix.replaceAll(/\[\d+\]/g, '[*]'), nesting = 0): string => {
    const changes: { start: number; end: number; text: string }[] = [];
    const named = findNamedValues(text);
    const listed = listedIn(text, vault);
    const visit = (item: JsonLeaf): boolean => {
      leaves += 1;
      if (leaves > MAX_LEAVES) return false;
      const placed = prefix === '' ? item : { ...item, pointer: prefix + item.pointer, field: fieldPrefix + item.field };
      const masked = maskNamed(placed, named.get(item.start) ?? NO_NAMES) ?? leaf(placed, nesting, listed(item.text, item));
      if (masked !== item.text) changes.push({ start: item.start, end: item.end, text: JSON.stringify(masked) });
      return true;
    };
    const stop = scanJson(text, visit, (key, start, end) => {
      const safe = maskName(key, `${prefix}$`);
      if (safe !== key) changes.push({ start, end, text: JSON.stringify(safe) });
      return safe;
    });
    let out = '';
    let from = 0;
    for (const change of changes) {
      out += text.slice(from, change.start) + change.text;
      from = change.end;
    }
    // What could not be read as JSON is searched as plain text: a body cut short hides no secret behind its broken end.
    return stop < 0
      ? out + text.slice(from)
      : out + text.slice(from, Math.max(from, stop)) + aside(text.slice(Math.max(from, stop)), `${prefix}$`);
  };
  const prose: LeafMasker['prose'] = (text, place = { pointer: '$', field: '$' }) =>
    // The value's own branches come first, then whatever they left.
    aside(leaf({ ...place, key: undefined, parent: undefined, kind: 'string', text }), place.pointer);
  return { leaf: (item) => leaf(item), json: (text, prefix) => json(text, prefix), prose, aside, name: maskName };
}

const NO_NAMES: readonly string[] = [];

const findSecretsInToken = (text: string, vault: Vault): ReturnType<typeof findSecrets> =>
  /[="@]|<\//.test(text) ? findSecrets(text, vault) : findSecretsByForm(text, vault);

/** Base64 of the text's UTF-8 bytes. */
const base64Encoded = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
