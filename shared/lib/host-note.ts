import { decodePunycode, encodePunycode } from './punycode.ts';

/** What stands beside a host name that could be taken for another. */
export interface HostNote {
  /** Behind which character of the text it belongs. */
  readonly at: number;
  /** The name's other form, `xn--…` of letters and letters of `xn--…`, and what is odd about it. */
  readonly text: string;
  /** True for a name that could pass for another, not for one in another language. */
  readonly isOdd: boolean;
}

/** A note as it stands behind its host name. */
export const printNote = (note: string): string => ` [${note}]`;

/** A note of a plain name is the other form alone. */
const isOddNote = (note: string): boolean => note.includes(', ');

/** Longest host name that is looked at; what is longer is none. Units: characters; RFC 1035 allows 253. */
const LONGEST = 255;

/** Labels with dots between. Where nobody says that it is a host: with a name of a registry at its end, and not behind a `/` as a file in a path is. */
const LABEL = '[\\p{L}\\p{N}\\p{M}_-]{1,100}';
const HOSTS = new RegExp(`(?<![\\p{L}\\p{N}\\p{M}_.%-])(?<![^/:]/)(?:${LABEL}\\.){1,20}[\\p{L}\\p{N}\\p{M}-]{2,100}`, 'gu');

const OUTSIDE_ASCII = /[^\0-\x7F]/;
/** Worth a look at all: most texts are not. */
const IS_ODD = /[^\0-\x7F]|xn--/i;

/** Scripts in which names are registered most, and whose letters are mistaken for each other. */
const SCRIPTS: readonly (readonly [name: string, letter: RegExp])[] = [
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Cherokee', /\p{Script=Cherokee}/u],
  ['Hebrew', /\p{Script=Hebrew}/u],
  ['Arabic', /\p{Script=Arabic}/u],
  ['Devanagari', /\p{Script=Devanagari}/u],
  ['Thai', /\p{Script=Thai}/u],
  ['Chinese, Japanese or Korean', /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u],
];
/** Written with Latin letters in one word every day. Source: UTS 39, 5.2, highly restrictive. */
const WITH_LATIN = 'Chinese, Japanese or Korean';

/** Letters that are drawn as Latin ones are. Source: the lists by which Chromium tells whole words that pass for Latin, of Cyrillic and Greek. */
const LOOKS_LATIN = /^[-0-9асԁеһіјӏорԛѕԝхуъьҽпгѵѡαικνρυωηοτ]+$/u;

/** The scripts of one label, where they are more than one word is written in. */
function mixOf(label: string): readonly string[] {
  const found = SCRIPTS.filter(([, letter]) => letter.test(label)).map(([name]) => name);
  const isUsual = found.length < 2 || (found.length === 2 && found.includes('Latin') && found.includes(WITH_LATIN));
  return isUsual ? [] : found;
}

/** What is odd about a host in letters; empty for a plain name in another language. */
function oddities(host: string): string {
  const labels = host.split('.');
  const mixed = [...new Set(labels.flatMap(mixOf))];
  if (mixed.length > 0) return `mixed scripts: ${mixed.join(' and ')}`;
  return labels.some((label) => OUTSIDE_ASCII.test(label) && LOOKS_LATIN.test(label)) ? 'letters that look Latin and are not' : '';
}

const isEncoded = (label: string): boolean => /^xn--/i.test(label);

/** The host in letters. */
const toLetters = (host: string): string =>
  host
    .split('.')
    .map((label) => (isEncoded(label) ? (decodePunycode(label.slice(4).toLowerCase()) ?? label) : label))
    .join('.');

/** The host as it goes over the wire. */
const toWire = (host: string): string =>
  host
    .split('.')
    .map((label) => (OUTSIDE_ASCII.test(label) ? `xn--${encodePunycode(label.normalize('NFC').toLowerCase())}` : label))
    .join('.');

function noteOf(host: string, isHost: boolean): string | undefined {
  if (host.length > LONGEST || !IS_ODD.test(host)) return undefined;
  const letters = toLetters(host);
  const odd = oddities(letters);
  const other = OUTSIDE_ASCII.test(host) ? toWire(host) : letters;
  // A word with a dot in a foreign text is no host yet; one that passes for another is worth a false alarm.
  if (other === host || (odd === '' && !isHost && !host.split('.').some(isEncoded))) return undefined;
  return odd === '' ? other : `${other}, ${odd}`;
}

/** Least of a note that was cut for want of room, by which it is known again: a bracket and the start of a name. Units: characters. */
const LEAST_CUT = 6;

/** True where a note stands already, whole or cut. */
function isMade(text: string, at: number, note: string): boolean {
  const stands = text.slice(at, at + note.length);
  const cut = stands.indexOf('…');
  return cut < 0 ? stands === note : cut >= LEAST_CUT && note.startsWith(stands.slice(0, cut));
}

/**
 * What belongs beside the host names in a text, so that none passes for another: `аpple.com` with a Cyrillic letter gets
 * `xn--pple-43d.com, mixed scripts: Latin and Cyrillic`, `xn--pple-43d.com` the letters.
 * Shape: in order; `isHost` where the text is a host and nothing else, and a name in one foreign script gets its note as well.
 * Cost:  one look for letters outside of ASCII, for nearly all texts.
 */
export function hostNotes(text: string, isHost: boolean): readonly HostNote[] {
  if (!IS_ODD.test(text)) return [];
  if (isHost) {
    const note = noteOf(text, true);
    return note === undefined ? [] : [{ at: text.length, text: note, isOdd: isOddNote(note) }];
  }
  const notes: HostNote[] = [];
  let past = 0;
  for (const match of text.matchAll(HOSTS)) {
    const at = match.index + match[0].length;
    const note = match.index < past ? undefined : noteOf(match[0], false);
    if (note === undefined) continue;
    // Text that was made visible before, as a cell of a table in a line is.
    if (isMade(text, at, printNote(note))) past = at + printNote(note).length;
    else notes.push({ at, text: note, isOdd: isOddNote(note) });
  }
  return notes;
}

/** The text with each host name that would get a note as it goes over the wire, for where there is no room beside it. */
export const withWireHosts = (text: string): string =>
  IS_ODD.test(text) ? text.replace(HOSTS, (host) => (noteOf(host, false) === undefined ? host : toWire(host))) : text;
