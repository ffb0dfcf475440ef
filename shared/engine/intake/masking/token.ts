/** What a mask says it hides. */
export type SecretType =
  'jwt' | 'api-key' | 'password' | 'session-token' | 'private-key' | 'secret' | 'payment-card' | 'one-time' | 'signature' | 'cookie';

/** Digits of the fingerprint that a mask shows: 48 bits, so that equal secrets can be told by eye and by search. */
const SHOWN_DIGITS = 12;
const ANY_MASK = /‹([a-z-]+) fp:[0-9a-f]{12}›/g;
const WHOLE_MASK = /^‹[a-z-]+ fp:[0-9a-f]{12}›$/;

/** The text that stands in the place of a secret: `‹jwt fp:3fa9…›`. */
export const maskToken = (type: SecretType, fingerprint: string): string => `‹${type} fp:${fingerprint.slice(0, SHOWN_DIGITS)}›`;

/** What a mask begins with, in whichever form: values that hold it are not as the evidence spelt them. */
const MASK_START = '‹';

/** True when a mask stands somewhere in the text; a text of the evidence that has the sign itself counts as masked. */
export const holdsMask = (text: string): boolean => text.includes(MASK_START);

/** True when the text is one mask and nothing else. */
export const isMask = (text: string): boolean => WHOLE_MASK.test(text);

/**
 * The same text with masks that name only the type: `‹jwt›`. Fingerprints are keyed by a random key of the case, so that
 * an export that showed them would neither be the same twice nor keep the fingerprint inside the case.
 */
export const withoutFingerprints = (text: string): string => (holdsMask(text) ? text.replace(ANY_MASK, '‹$1›') : text);

const FINGERPRINT = /[ -]?fp:[0-9a-f]{12}/g;

/** The same where a mask became a part of a name that has no such signs: `service:octo-api-key-fp:3fa9…`. */
export const withoutAnyFingerprint = (text: string): string =>
  text.includes('fp:') ? withoutFingerprints(text).replace(FINGERPRINT, '') : text;
