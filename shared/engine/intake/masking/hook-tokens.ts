/**
 * Addresses that let in whoever knows them: `https://hooks.x.example/T0/B1/AbC…`, `/api/webhooks/1123/AbC…`. The host or a segment says so, and a
 * later segment is the token.
 */

/** How such segments and hosts begin, in the spellings that services use. */
export const HOOK_WORDS = ['hook', 'webhook', 'Webhook', 'WebHook', 'IncomingWebhook', 'incoming-webhook', 'callback'] as const;

/** Sixteen letters and digits that change places twice, as no word, date or id with a kind before it does; not an id of MongoDB or a ULID. */
const SHORT =
  '(?![0-9a-f]{24}(?![A-Za-z0-9]))(?![0-7][0-9A-HJKMNP-TV-Z]{25}(?![A-Za-z0-9]))(?=[0-9]*(?:[A-Za-z]+[0-9]+){2})[A-Za-z0-9]{16}';
/** Longer ones have dashes as well; a UUID has 36 letters and is an id as often. */
const LONG = '(?=[A-Za-z_-]*[0-9])(?=[a-z0-9_-]*[A-Z])(?=[A-Z0-9_-]*[a-z])[A-Za-z0-9_-]{40}';
const TOKEN = `((?:${SHORT}|${LONG})[A-Za-z0-9_-]*)(?![A-Za-z0-9_-])`;
/** In an address that is a parameter of another one, too. */
const SLASH = '(?:/|%2[Ff])';
/** What stands between the word and the token: ids of who is called, names. */
const BETWEEN = `(?:[A-Za-z0-9._~@-]{1,80}${SLASH}){0,4}?`;
/** What a host or segment may be called behind the word: `webhookb2`, `hooks.x.example:8443`. */
const REST = '[A-Za-z0-9-]{0,20}(?:\\.[A-Za-z0-9.-]{1,100})?(?::[0-9]{1,5})?';

/** The token behind one of these words. Shape: sticky, to be tried where a run of letters begins; its first group is the token. */
export const hookPattern = (word: string): RegExp => new RegExp(`${word}${REST}${SLASH}${BETWEEN}${TOKEN}`, 'y');

const HOOK = new RegExp(`(?<![a-z0-9])(?:${HOOK_WORDS.map((word) => word.toLowerCase()).join('|')})`, 'i');

/** Whether a host or a path has such a word in it: nearly all have none. */
export const mayHoldHook = (hostOrPath: string): boolean => HOOK.test(hostOrPath);
