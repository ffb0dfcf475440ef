import { isJsonObject, type JsonObject } from '../lib/json.ts';

/** Longer delegation chains are cut: no policy allows them and a hostile token must not cost memory. */
const MAX_ACTORS = 10;

/** Parses a column that holds the header or claims of a token; `undefined` for none. */
export function readClaims(text: string | null): JsonObject | undefined {
  if (text === null) return undefined;
  const value: unknown = JSON.parse(text);
  return isJsonObject(value) ? value : undefined;
}

/** A claim as text, when it is a text or a number that is not empty. */
export function claimText(claims: JsonObject, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return undefined;
}

/** A claim in seconds since 1970; `undefined` when absent or not a number. */
export function claimSeconds(claims: JsonObject, name: string): number | undefined {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  const seconds = typeof value === 'string' ? Number(value) : value;
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0 && seconds < 1e11 ? seconds : undefined;
}

/** A claim that is one text or a list of texts, as a list. */
export function claimList(claims: JsonObject, name: string): readonly string[] {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string' && item !== '') : [];
}

/**
 * Who acts for whom: the actors of the nested `act` claims, the present one first.
 * Source: RFC 8693, section 4.1: the outermost `act` is the current actor, deeper ones came before.
 */
export function actorChain(claims: JsonObject): readonly string[] {
  const actors: string[] = [];
  let act = Object.hasOwn(claims, 'act') ? claims['act'] : undefined;
  while (isJsonObject(act) && actors.length < MAX_ACTORS) {
    const name = claimText(act, 'sub', 'client_id', 'azp', 'name');
    if (name !== undefined) actors.push(name);
    act = Object.hasOwn(act, 'act') ? act['act'] : undefined;
  }
  return actors;
}

/** What a token lets its holder do: `scope` as one text (RFC 8693) or list, `scp`, `scopes`, `permissions`; each once, in order. */
export function grantedScopes(claims: JsonObject): readonly string[] {
  const scopes = ['scope', 'scp', 'scopes', 'permissions']
    .flatMap((name) => claimList(claims, name))
    .flatMap((text) => text.split(/[\s,]+/));
  return [...new Set(scopes.filter((scope) => scope !== ''))];
}

/** More audiences than this make a token good for nearly everything. */
export const MANY_AUDIENCES = 3;

/** True for a scope that means everything, or near enough. */
export const isWildcardScope = (scope: string): boolean =>
  /^(?:\*|.*[:/.]\*|admin|all|full[_-]?access|root|superuser|.*\/\.default|\.default)$/i.test(scope);

/** How much further a token reaches than one service and one task, in words. Source: RFC 9700, section 2.3. */
export function tokenBreadth(claims: JsonObject): readonly string[] {
  const audiences = claimList(claims, 'aud');
  const wild = grantedScopes(claims).filter(isWildcardScope);
  return [
    ...(audiences.length > MANY_AUDIENCES || audiences.includes('*')
      ? [`good for ${audiences.includes('*') ? 'any audience' : `${String(audiences.length)} audiences`}`]
      : []),
    ...(wild.length > 0 ? [`scope ${wild.join(', ')} grants nearly everything`] : []),
  ];
}
