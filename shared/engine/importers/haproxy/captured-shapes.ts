/** Stands for a captured header whose values are names of users: its own name is not known. */
export const UNNAMED_USER = '(user)';

/** Values that a place must show before anything is said of it. */
const MIN_VALUES = 5;
/** Share of a place's values that must have a shape; the rest are probes and hostile texts. */
const SHARE = 0.9;
/** Names of one word, an administrator's or a service's, are taken among so many that can be nothing else. Share of the names that differ. */
const SURE_NAMES = 0.6;
/** Names of people differ in their last part; of hosts the last part is the domain's. */
const MIN_LAST_PARTS = 3;

const USER_AGENT = /^(?:Mozilla\/|[A-Za-z][\w.+-]*\/v?\d)/;
const HOST = /^(?:localhost|(?:[a-z0-9_](?:[\w-]*[a-z0-9])?\.)+[a-z][\w-]*)(?::\d{1,5})?$/i;
/** `TIDEWELL\j.steen`, `j.steen@acme.example`: nothing else looks so. */
const ACCOUNT = /^(?:[A-Za-z0-9][\w.-]{0,39}\\[\w.$'-]{1,64}|[\w.+'-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)$/;
/** `j.steen`, `anna_de-vries2`. */
const TWO_PARTS = /^\p{L}{1,30}[._]\p{L}[\p{L}'-]{1,40}\d{0,3}$/u;
const WORD = /^\p{L}[\p{L}'-]{2,30}\d{0,3}$/u;
/** `en-US`, `nl`, and words that headers have of their own. */
const NO_NAME =
  /^(?:[a-z]{2}(?:[-_][a-z]{2})?|gzip|deflate|identity|chunked|close|keep-alive|upgrade|websocket|https?|cors|navigate|none|null|true|false|undefined|anonymous|unknown|xmlhttprequest|no-cache|same-(?:origin|site)|cross-site)$/i;

const isAccount = (value: string): boolean => ACCOUNT.test(value);
const isSureName = (value: string): boolean => isAccount(value) || (TWO_PARTS.test(value) && !NO_NAME.test(value));

/** True for a text that may be the name of a user: an account, first and last name, or a word. No number, address, language or token is. */
export const isUserName = (value: string): boolean => isSureName(value) || (WORD.test(value) && !NO_NAME.test(value));

/** A server answers for few domains. */
const MAX_DOMAINS = 3;

const lastPartsOf = (values: Iterable<string>): ReadonlySet<string | undefined> =>
  new Set([...values].map((value) => value.toLowerCase().replace(/:\d+$/, '').split(/[._]/).at(-1)));

const isMost = (values: readonly string[], test: (value: string) => boolean): boolean =>
  values.filter((value) => test(value)).length >= SHARE * values.length;

/** Few names that come again and again, most of which are surely names; an id stands once or twice. */
function areUsers(values: readonly string[]): boolean {
  const names = new Set(values.map((value) => value.toLowerCase()));
  const sure = [...names].filter(isSureName);
  if (!isMost(values, isUserName) || sure.length < SURE_NAMES * names.size) return false;
  if ([...names].every(isAccount)) return true;
  const { size } = lastPartsOf(sure);
  return size >= MIN_LAST_PARTS && size >= sure.length / 2 && names.size <= values.length / 2;
}

function nameOf(values: readonly string[]): string {
  if (values.length < MIN_VALUES) return '';
  if (isMost(values, (value) => USER_AGENT.test(value))) return 'user-agent';
  if (areUsers(values)) return UNNAMED_USER;
  const hosts = values.filter((value) => HOST.test(value));
  return hosts.length >= SHARE * values.length && lastPartsOf(hosts).size <= MAX_DOMAINS ? 'host' : '';
}

/**
 * Names captured headers by what stands in them, for logs that do not write their names: `host`, `user-agent`, `UNNAMED_USER`, else an empty text. Each is
 * given to one place at most, the first that shows it, and to the request's headers alone.
 * Shape:   `lines` are the values of the request's captured headers, line by line; empty values say nothing.
 * Example: `desk.acme.test|j.steen|Mozilla/5.0 …`, of a dozen people: host, user, user-agent.
 */
export function nameCaptured(lines: readonly (readonly string[])[]): readonly string[] {
  const width = lines.reduce((most, line) => Math.max(most, line.length), 0);
  const names: string[] = [];
  for (let place = 0; place < width; place += 1) {
    const name = nameOf(lines.flatMap((line) => line.slice(place, place + 1).filter((value) => value !== '')));
    names.push(names.includes(name) ? '' : name);
  }
  return names;
}
