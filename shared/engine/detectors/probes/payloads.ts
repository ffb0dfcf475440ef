import { bytesOfBase64 } from '../../../lib/base64.ts';
import { undoPercent } from './request-texts.ts';

/** Rounds of decoding: attackers encode twice to pass a filter that decodes once. */
const ROUNDS = 3;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/**
 * What a server may take for a command, by kind. Each demands a whole construct, never a single letter or word: `O'Brien`, `select a size` and
 * `{{name}}` are none. Every repetition is bounded, so each takes linear time.
 */
const SIGNATURES: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['SQL', /['")\d]\s{0,9}(?:\/\*.{0,20}\*\/)?\s{0,9}\b(?:or|and)\b\s{1,9}(?:not\s{1,9})?\(?(?:['"][^'"]{0,40}['"]?|\d{1,10})\s{0,9}(?:=|<>|<|>|\blike\b)\s{0,9}\(?(?:['"]|\d)/i],
  ['SQL', /\bunion(?:\s|\/\*.{0,20}\*\/){1,9}(?:all\s{1,9})?select\b/i],
  ['SQL', /['")]?;\s{0,9}(?:drop|truncate|alter|create)\s{1,9}(?:table|database|schema|user)\b|;\s{0,9}(?:delete\s{1,9}from|insert\s{1,9}into|update\s{1,9}\w{1,40}\s{1,9}set|exec(?:ute)?\s{1,9}xp_)\b/i],
  ['SQL', /\b(?:pg_sleep|sleep|benchmark|dbms_pipe\.receive_message|extractvalue|updatexml|load_file)\s{0,9}\(|\bwaitfor\s{1,9}delay\b|\binformation_schema\.|\bxp_cmdshell\b/i],
  ['SQL', /^[\w@. -]{0,60}'\s{0,9}(?:--|#|\/\*)/],
  ['NoSQL', /[{[,]\s{0,9}["']?\$(?:ne|gt|gte|lt|lte|nin|regex|where|exists|or|and|expr)["']?\s{0,9}[:\]]|\[\$(?:ne|gt|gte|lt|lte|nin|in|regex|where|exists)\]|\bthis\.\w{1,40}\s{0,9}==|'\s{0,9}\|\|\s{0,9}'?\w{0,10}'?\s{0,9}==/],
  ['Shellshock', /\(\)\s{0,9}\{\s{0,9}(?::|_)?\s{0,9};.{0,40}\}\s{0,9};/],
  ['shell command', /(?:[;|&`]|\$\(|\n)\s{0,9}(?:\/(?:usr\/)?bin\/)?(?:cat|ls|id|whoami|uname|curl|wget|nc|ncat|bash|sh|zsh|ping|nslookup|dig|powershell|cmd(?:\.exe)?|type|certutil|python3?|perl)\s{1,9}(?:[-/.~$\\"'{]|https?:|[\w-]{1,40}[/.])/i],
  ['shell command', /(?:[;`]|\$\(|&&|\|\|)\s{0,9}(?:whoami|id|ls|uname|ifconfig|ipconfig|hostname)\s{0,9}(?:[)`;|&]|$)/i],
  ['XML entity', /<!(?:DOCTYPE|ENTITY)[^>]{0,200}(?:\bSYSTEM\b|\bPUBLIC\b|\[)/i],
  ['path traversal', /(?:\.{2}[/\\;]{1,3}){2,}|(?:^|[/\\])\.{2}[/\\].{0,80}(?:etc|windows|proc|boot)[/\\]|^(?:\/|[a-z]:[\\/])?(?:etc\/(?:passwd|shadow|groups?|hosts)|proc\/self\/environ|windows\\win\.ini)|\/etc\/(?:passwd|shadow|groups?)\b|\b(?:win|boot)\.ini\b/i],
  ['template', /\{\{[^{}]{0,80}(?:\d\s{0,3}[*+/-]\s{0,3}['"]?\d|__\w{1,30}__|config\.|self\.|request\.|constructor|\|\s{0,3}safe)[^{}]{0,80}\}\}|[$#]\{[^{}]{0,60}(?:\d\s{0,3}\*\s{0,3}\d|T\(java|getRuntime|Runtime|new java)[^{}]{0,60}\}?|<%=?[^%]{0,80}(?:\d\s{0,3}\*\s{0,3}\d|system|Runtime)[^%]{0,80}%>/],
  ['LDAP', /\*\)\s{0,9}\(\s{0,9}[|&!]|\)\s{0,9}\(\s{0,9}[|&]\s{0,9}\(|\*\)\(\w{1,30}=\*|\)\(\w{1,30}=\*\)/],
  ['log4j', /\$\{(?:jndi:|\$?\{?(?:lower|upper|env|sys|::-)[^}]{0,40}[:}])/i],
  ['script', /<script\b[^>]{0,200}>|<\w{1,20}\b[^>]{0,200}\son(?:error|load|click|mouseover|focus)\s{0,3}=|javascript:\s{0,9}(?:alert|eval|fetch|document)\b/i],
]; // prettier-ignore

/** Functions that programs try out in databases, as they are cut off to see what a filter lets through. */
const CUT_FUNCTION =
  /^[\s\W]{0,20}(?:substr(?:ing)?|select\s{0,3}char|char|chr|distinct|upper|lower|hex|unhex|md5|sha1|ascii|concat|version|user|database|count|cast|convert)\s{0,9}\($/i;
/** Elements of HTML that a value begins with. */
const ELEMENT =
  /^['"\s>]{0,9}<\/?(?:a|applet|base|body|br|button|details|div|embed|form|frame(?:set)?|iframe|img|input|isindex|link|math|marquee|meta|object|p|script|select|style|svg|table|textarea|video)(?=[\s/>]|$)/i;

/**
 * What a whole value of an address or header is when somebody feels for a filter: the beginning of a construct. In a body it would be a formatted
 * text. A client resolves `..` in a path before it sends it (RFC 3986 5.2.4), so that one on the wire was put there; dots that are encoded twice
 * likewise, anywhere.
 */
const PROBES: readonly (readonly [kind: string, places: 'path' | 'any', pattern: RegExp])[] = [
  ['SQL', 'any', CUT_FUNCTION],
  ['SQL', 'any', /^\s{0,9},\s{0,9}null(?:\s{0,9},\s{0,9}null){1,20}\b/i],
  ['SQL', 'any', /^\s{0,9}information_schema\b/i],
  ['script', 'any', ELEMENT],
  ['script', 'any', /^\s{0,9}(?:javascript|vbscript)\s{0,9}:|^[\s\W]{0,20}(?:alert|prompt|confirm)\s{0,9}\(/i],
  ['path traversal', 'any', /(?:%2e|\.){2}(?:%2f|%5c)|%2e(?:%2e|\.)[/\\]/i],
  ['path traversal', 'path', /(?:^|[/\\])\.\.(?:[/\\;]|$)/],
];

/** Parameters that take the address of something, as many harmless clients hand in. */
const TAKES_ADDRESS = /ur[il]|link|href|redirect|return|callback|next|target|ref|origin|host|site|domain|web_?hook|image|avatar|picture|icon|feed|dest|goto|continue|issuer|schema/i; // prettier-ignore
/** The address of a program or text on another host, as a page is asked to take it for a part of itself. */
const REMOTE_FILE = /^(?:https?|ftp):\/\/[^\s?#]{1,200}(?:\.(?:txt|inc|php\d?|phtml|aspx?|jspx?|cgi|sh|pl)|\/\?)\?{0,3}$/i;

/** A construct found in a value. */
export interface Payload {
  readonly kind: string;
  readonly decoded: string;
}

const undoEntities = (text: string): string =>
  text.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|quot|apos|amp));/gi, (whole, hex?: string, dec?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = hex === undefined ? Number(dec) : parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

const undoEscapes = (text: string): string =>
  text.replaceAll(/\\u([0-9a-f]{4})|%u([0-9a-f]{4})/gi, (_, a?: string, b?: string) => String.fromCharCode(parseInt(a ?? b ?? '0', 16)));

/** The text behind base64, when it is one and what it holds can be read. */
function undoBase64(text: string): string | undefined {
  if (!/^[A-Za-z0-9+/_-]{16,2000}={0,2}$/.test(text)) return undefined;
  const bytes = bytesOfBase64(text.replaceAll('-', '+').replaceAll('_', '/'));
  if (bytes === undefined) return undefined;
  const decoded = new TextDecoder().decode(bytes);
  return /^[\x20-\x7e\s]+$/.test(decoded) ? decoded : undefined;
}

/**
 * A value and what it is when decoded: percent signs twice more, entities, escapes, base64. Example: `%2527` gives `%27` and `'`.
 */
function readings(value: string): readonly string[] {
  const found = [value];
  let text = value;
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = undoEscapes(undoEntities(undoPercent(text)));
    if (next === text) break;
    found.push((text = next));
  }
  const inner = undoBase64(text);
  return inner === undefined ? found : [...found, inner];
}

/** Nothing is written without one of these. */
const SUSPICIOUS =
  /['"<>;|`$({[\\*%&#]|\.\.|etc\/|\.ini\b|^[a-z]:\/|union|sleep|waitfor|information_schema|null|script\s{0,9}:|^[\w+/-]{16,}={0,2}$/i;

function firstOf(value: string, patterns: readonly (readonly [kind: string, pattern: RegExp])[]): Payload | undefined {
  if (!SUSPICIOUS.test(value)) return undefined;
  for (const decoded of readings(value)) {
    const kind = patterns.find(([, pattern]) => pattern.test(decoded))?.[0];
    if (kind !== undefined) return { kind, decoded };
  }
  return undefined;
}

/** The first construct in a value, however it is encoded; undefined for plain text. */
export const findPayload = (value: string): Payload | undefined => firstOf(value, SIGNATURES);

/** The beginning of a construct that a whole value of an address or a header is. Example: `<img`, `substr(`, `%252e%252e%252f`. */
export const findProbe = (value: string, place: 'path' | 'query' | 'header'): Payload | undefined =>
  firstOf(
    value,
    PROBES.flatMap(([kind, places, pattern]) => (places === 'any' || places === place ? [[kind, pattern] as const] : [])),
  );

/**
 * The address of a program or text of another host in a parameter that takes none; a question mark at its end is there to cut off what the page
 * adds, whatever the parameter is called. Example: `lang=http://x.test/inc.txt?`.
 */
export function findRemoteFile(name: string, value: string): Payload | undefined {
  if (!REMOTE_FILE.test(value) || (TAKES_ADDRESS.test(name) && !value.endsWith('?'))) return undefined;
  return { kind: 'remote file', decoded: value };
}
