import type { Envelope, Unwrapped } from '../envelope.ts';
import { byLines } from './share.ts';

const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const ISO = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?`;
const PROGRAM = String.raw`([^\s:[\]"{]{1,128})(?:\[[^\]\s]{1,32}\])?:(?: |$)`;

/** RFC 5424: `<171>1 2025-11-05T20:47:03.000000+00:00 host nginx 28 - - `; structured data is cut by hand. */
const NEW = new RegExp(String.raw`^<\d{1,3}>1 (${ISO}|-) (\S{1,255}) (\S{1,128}) \S{1,128} \S{1,128} (?=-|\[)`);
/** RFC 3164 and what rsyslog and Fastly write with ISO times: `<134>Sep  5 16:13:46 host nginx[2869]: `. */
const OLD = new RegExp(
  String.raw`^(?:<\d{1,3}>)?(${MONTH} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,6})?|${ISO}) (?:(\S{0,254}[^\s:\]]) )?${PROGRAM}`,
);
/** Syslog's own line about lines that it left out. */
const REPEATED = new RegExp(
  String.raw`^(?:<\d{1,3}>)?(${MONTH} [ \d]\d \d\d:\d\d:\d\d) (?:([^\s-]\S{0,254}) )?(?=(?:--- )?last message repeated \d+ times)`,
);

/**
 * Lines that a syslog daemon wrote or that were sent to one.
 * Source: RFC 3164, RFC 5424 (its frames with a count of octets are not read), rsyslog's file formats.
 * Traps:  a time after RFC 3164 has no year and no zone; the record's own time is used where there is one. Where there is none,
 *         the analyst says which year it was: none is guessed, because a wrong year looks as right as the right one.
 */
export const syslog = {
  id: 'syslog',
  title: 'syslog lines (RFC 3164 or RFC 5424)',
  around: 'lines',
  joins: false,
  recognize: byLines((line) => unwrapSyslog(line) !== undefined, 'lines begin with time, host and program, as syslog writes them'),
  unwrap: unwrapSyslog,
} as const satisfies Envelope;

function unwrapSyslog(text: string): Unwrapped | undefined {
  const first = text.charCodeAt(0);
  // "<", a digit or a capital letter; most other lines are told apart by this alone.
  if (first !== 0x3c && !(first >= 0x30 && first <= 0x39) && !(first >= 0x41 && first <= 0x5a)) return undefined;
  const now = first === 0x3c ? NEW.exec(text) : null;
  if (now !== null) {
    const end = endOfStructuredData(text, now[0].length);
    return end === -1 ? undefined : { text: text.slice(end).replace(/^\uFEFF/, ''), outer: toOuter(now[1], now[2], now[3]) };
  }
  const old = OLD.exec(text) ?? REPEATED.exec(text);
  return old === null ? undefined : { text: text.slice(old[0].length), outer: toOuter(old[1], old[2], old[3]) };
}

const toOuter = (time: string | undefined, host: string | undefined, program: string | undefined): Unwrapped['outer'] => ({
  time: knownOf(time),
  host: knownOf(host),
  program: knownOf(program),
});
/** `-` is RFC 5424's word for nothing. */
const knownOf = (text: string | undefined): string | undefined => (text === '-' ? undefined : text);

/** Where the message begins after `-` or `[id key="va\]lue"][…]`; −1 when the data does not end. */
function endOfStructuredData(text: string, from: number): number {
  let at = from;
  if (text.startsWith('-', at)) at += 1;
  else {
    while (text.startsWith('[', at)) {
      at += 1;
      let isQuoted = false;
      for (; at < text.length && (isQuoted || text[at] !== ']'); at += 1) {
        if (text[at] === '\\') at += 1;
        else if (text[at] === '"') isQuoted = !isQuoted;
      }
      if (at >= text.length) return -1;
      at += 1;
    }
  }
  return text[at] === ' ' ? at + 1 : at === text.length ? at : -1;
}
