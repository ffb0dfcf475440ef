/** Where a session key stands on a request. */
export const SESSION_KEY_KINDS = ['header', 'cookie', 'claim', 'body', 'baggage'] as const;

export type SessionKeyKind = (typeof SESSION_KEY_KINDS)[number];

/** A place whose value calls of one piece of work share. Shape: `name` is a header, cookie, claim or member, or a JSONPath such as `$.context.id`. */
export interface SessionKey {
  readonly kind: SessionKeyKind;
  readonly name: string;
}

/** Most keys in a list: more would say that none of them is known. */
export const MAX_KEYS = 8;
/** Longest name of a key. Units: characters. */
export const MAX_KEY_NAME = 200;

// RFC 9110, 5.6.2: what a header's, a cookie's or a baggage member's name is made of.
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const POINTER = /^\$(?:\.[^\s.[\]"']+|\["(?:[^"\\]|\\.)+"\]|\[\d+\])+$/;
const CLAIM = /^[^\s\p{C}]+$/u;

/** What is wrong with a key, as the end of a sentence; `undefined` when nothing is. */
export function sessionKeyProblem({ kind, name }: SessionKey): string | undefined {
  switch (kind) {
    case 'header':
    case 'cookie':
    case 'baggage':
      return TOKEN.test(name) ? undefined : `a ${kind} is named by letters, digits and signs without blanks`;
    case 'body':
      return POINTER.test(name) ? undefined : 'a place in a body is written as $.name or $.outer.inner';
    case 'claim':
      return CLAIM.test(name) ? undefined : 'a claim is named without blanks';
  }
}

/** A key as lists and the log name it: `header x-session-id`. */
export const printSessionKey = ({ kind, name }: SessionKey): string => `${kind} ${name}`;

/** One text for keys that ask the same: header names have no case. */
export const sessionKeyId = ({ kind, name }: SessionKey): string => `${kind} ${kind === 'header' ? name.toLowerCase() : name}`;
