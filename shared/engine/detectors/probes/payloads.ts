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
  ['shell command', /(?:[;|&`]|\$\(|\n)\s{0,9}(?:\/(?:usr\/)?bin\/)?(?:cat|ls|id|whoami|uname|curl|wget|nc|ncat|bash|sh|zsh|ping|nslookup|dig|powershell|cmd(?:\.exe)?|type|certutil|python3?|perl)\s{1,9}(?:[-/.~$\\"'{]|https?:|[\w-]{1,40}[/.])/i],
  ['shell command', /(?:[;`]|\$\(|&&|\|\|)\s{0,9}(?:whoami|id|ls|uname|ifconfig|ipconfig|hostname)\s{0,9}(?:[)`;|&]|$)/i],
  ['XML entity', /<!(?:DOCTYPE|ENTITY)[^>]{0,200}(?:\bSYSTEM\b|\bPUBLIC\b|\[)/i],
  ['path traversal', /(?:\.{2}[/\\;]{1,3}){2,}|(?:^|[/\\])\.{2}[/\\].{0,80}(?:etc|windows|proc|boot)[/\\]|^(?:\/|[a-z]:\\)?(?:etc\/(?:passwd|shadow|hosts)|proc\/self\/environ|windows\\win\.ini)|\/etc\/(?:passwd|shadow)\b|\bwin\.ini\b/i],
  ['template', /\{\{[^{}]{0,80}(?:\d\s{0,3}[*+/-]\s{0,3}['"]?\d|__\w{1,30}__|config\.|self\.|request\.|constructor|\|\s{0,3}safe)[^{}]{0,80}\}\}|[$#]\{[^{}]{0,60}(?:\d\s{0,3}\*\s{0,3}\d|T\(java|getRuntime|Runtime|new java)[^{}]{0,60}\}?|<%=?[^%]{0,80}(?:\d\s{0,3}\*\s{0,3}\d|system|Runtime)[^%]{0,80}%>/],
  ['LDAP', /\*\)\s{0,9}\(\s{0,9}[|&!]|\)\s{0,9}\(\s{0,9}[|&]\s{0,9}\(|\*\)\(\w{1,30}=\*|\)\(\w{1,30}=\*\)/],
  ['log4j', /\$\{(?:jndi:|\$?\{?(?:lower|upper|env|sys|::-)[^}]{0,40}[:}])/i],
  ['script', /<script\b[^>]{0,200}>|<\w{1,20}\b[^>]{0,200}\son(?:error|load|click|mouseover|focus)\s{0,3}=|javascript:\s{0,9}(?:alert|eval|fetch|document)\b/i],
]; // prettier-ignore

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
const SUSPICIOUS = /['"<>;|`$({[\\*%&#]|\.\.|etc\/|union|sleep|waitfor|^[\w+/-]{16,}={0,2}$/i;

/** The first construct in a value, however it is encoded; undefined for plain text. */
export function findPayload(value: string): Payload | undefined {
  if (!SUSPICIOUS.test(value)) return undefined;
  for (const decoded of readings(value)) {
    const kind = SIGNATURES.find(([, pattern]) => pattern.test(decoded))?.[0];
    if (kind !== undefined) return { kind, decoded };
  }
  return undefined;
}
