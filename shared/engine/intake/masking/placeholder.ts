import { isMask } from './token.ts';

const HIDDEN_BY_SOURCE = /^\W*(?:redacted|masked|removed|hidden|filtered|scrubbed|sanitized|omitted|censored)\W*$/i;
const NO_VALUE = /^\W*(?:undefined|null|none|nil|true|false|string|n\/a)\W*$/i;
const REPEATED = /^(.)\1*$/;
const STARS = /[*•·]{3,}|[xX]{6,}|\.\.\.$|…/;
const TEMPLATE = /^(?:\{\{?[^}]*\}?\}|\$\{[^}]*\}|\$[A-Z_]+|<[^>]*>|\[[^\]]*\]|%[A-Za-z_]+%)$/;
const EXAMPLE =
  /example|sample|dummy|placeholder|changeme|change-me|your[-_ ]|y0ur|insert[-_ ]|foobar|deadbeef|0123456789|123456789|abcdef01/i;
/** Keys that vendors hand to browsers on purpose. */
const PUBLISHABLE = /^(?:pk_(?:live|test)_|pk\.eyJ|sb_publishable_|pub-|phc_|G-[A-Z0-9]{6,}$|UA-\d|6L[0-9A-Za-z_-]{38}$)/;

/** True for what stands where a secret was or will be: `REDACTED`, `***`, `{{token}}`, one letter again and again, our own mask. */
export const isPlaceholder = (text: string): boolean =>
  text === '' ||
  text === '-' ||
  isMask(text) ||
  REPEATED.test(text) ||
  HIDDEN_BY_SOURCE.test(text) ||
  NO_VALUE.test(text) ||
  STARS.test(text) ||
  TEMPLATE.test(text);

/** True for what a source writes in place of something that was there: `REDACTED`, `[Filtered]`, `***`. */
export const isHidden = (text: string): boolean => HIDDEN_BY_SOURCE.test(text) || /^[*•·]{3,}$/.test(text);

/** True for a secret that documentation shows or that is public by design: it is masked, but its place is no exposure. */
export const isExample = (text: string): boolean => EXAMPLE.test(text) || PUBLISHABLE.test(text);
