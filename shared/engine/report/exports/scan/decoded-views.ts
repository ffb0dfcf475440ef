import { bytesOfBase64 } from '../../../../lib/base64.ts';
import { createRecent } from '../../../intake/recent.ts';

/** Texts inside texts inside texts: deeper than this nothing of ours nests. */
const MAX_DEPTH = 3;
/** Base64 of fewer letters holds no secret of 64 bits. Units: characters. */
const BASE64_RUN = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,}={0,2}/g;
/** Longer runs are not remembered. Units: characters. */
const SHORT_RUN = 200;
const REMEMBERED = 50_000;
const ESCAPE = /[\\%&]/g;
/** Where a line of the printed report may end, inside of a long name as well: a reader does not see it. */
const LINE_BREAK = '<wbr>';
/** What ends a run of text that an escape stands in. */
const DELIMITER = /[\s"'<>]/g;
const isDelimiter = (letter = ' '): boolean => /[\s"'<>]/.test(letter);
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

const codePoint = (code: number): string => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '');

const fromHtml = (text: string): string =>
  text.replaceAll(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]{2,4}));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return codePoint(parseInt(hex, 16));
    if (decimal !== undefined) return codePoint(Number(decimal));
    return ENTITIES[(name ?? '').toLowerCase()] ?? whole;
  });

const JSON_ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
const fromJson = (text: string): string =>
  text.replaceAll(/\\(?:u([0-9a-f]{4})|([^u]))/gi, (_whole, hex?: string, letter?: string) =>
    hex === undefined ? (JSON_ESCAPES[letter ?? ''] ?? letter ?? '') : String.fromCharCode(parseInt(hex, 16)),
  );

// Byte by byte, not by `decodeURIComponent`: that one gives a whole text up for one wrong escape. Secrets are ASCII.
const fromUrl = (text: string): string =>
  text.replaceAll(/%([0-9a-f]{2})/gi, (_whole, hex: string) => String.fromCharCode(parseInt(hex, 16)));

/**
 * The runs between spaces, quotes and angle brackets that hold escapes, one a line: the rest of the text says the same without decoding.
 * Cost: linear. One expression for the same was quadratic in runs without escapes.
 */
function escapedRuns(text: string): string {
  const runs: string[] = [];
  let end = 0;
  for (ESCAPE.lastIndex = 0; ;) {
    const at = ESCAPE.exec(text)?.index;
    if (at === undefined) return runs.join('\n');
    let start = at;
    while (start > end && !isDelimiter(text[start - 1])) start -= 1;
    DELIMITER.lastIndex = at;
    end = DELIMITER.exec(text)?.index ?? text.length;
    runs.push(text.slice(start, end));
    ESCAPE.lastIndex = end;
  }
}

const isReadable = (text: string): boolean => !/[\u0000-\u0008\u000e-\u001f\u007f\ufffd]/.test(text);
/** Texts in base64 mix both cases; ids in hex, dates and paths of words do not. */
const mixesCases = (run: string): boolean => /[a-z]/.test(run) && /[A-Z]/.test(run);

/** Makes the decoder of base64: every run that decodes to a text, one a line. A run that was cut short at its front has another phase, so all four are tried on long ones. */
function base64Decoder(): (text: string) => string {
  const decoder = new TextDecoder();
  const decode = (run: string): string => {
    const texts: string[] = [];
    for (const phase of run.length > 4096 ? [0, 1, 2, 3] : [0]) {
      const bare = run.slice(phase).replace(/=+$/, '');
      const bytes = bytesOfBase64(bare.length % 4 === 1 ? bare.slice(0, -1) : bare);
      const decoded = bytes === undefined ? '' : decoder.decode(bytes);
      if (isReadable(decoded)) texts.push(decoded);
    }
    return texts.join('\n');
  };
  const short = createRecent(REMEMBERED, decode);
  return (text) => {
    const found: string[] = [];
    for (const [run] of text.matchAll(BASE64_RUN)) {
      if (!mixesCases(run)) continue;
      const decoded = run.length <= SHORT_RUN ? short.get(run) : decode(run);
      if (decoded !== '') found.push(decoded);
    }
    return found.join('\n');
  };
}

/**
 * Makes the decoder of one export: a text, and what it says to a reader that takes JSON escapes, HTML entities, percent escapes or base64
 * off it, in any order.
 * Shape: the text itself first, and once more as it reads without places for line ends; then what is decoded, which is the decoded runs alone; at most three layers deep.
 */
export function viewDecoder(): (text: string) => Generator<string> {
  const fromBase64 = base64Decoder();
  return function* (text) {
    yield text;
    const whole = text.replaceAll(LINE_BREAK, '');
    if (whole !== text) yield whole;
    const seen = new Set<string>();
    let layer = [whole];
    for (let depth = 0; depth < MAX_DEPTH && layer.length > 0; depth += 1) {
      const next: string[] = [];
      for (const view of layer) {
        const runs = escapedRuns(view);
        for (const decoded of [fromBase64(view), ...(runs === '' ? [] : [fromJson(runs), fromHtml(runs), fromUrl(runs)])]) {
          if (decoded === '' || decoded === runs || seen.has(decoded)) continue;
          seen.add(decoded);
          next.push(decoded);
          yield decoded;
        }
      }
      layer = next;
    }
  };
}
