import type { Random } from '#test/support/large/random.ts';

/** Characters of a class that are drawn from, when it is negated or any: nothing that a path would have to escape. */
const PLAIN = 'abcdefghijklmnopqrstuvwxyz0123456789';
const WORD = `${PLAIN}ABCDEFGHIJKLMNOPQRSTUVWXYZ_`;
/** Most repetitions of `*`, `+` and `{n,}`. */
const MANY = 12;

type Draw = (random: Random) => string;

/**
 * A maker of texts that match a simple expression: literals, classes, `\d \w`, `? * + {m,n}`. Groups, alternatives and
 * look-arounds are not simple: `undefined`.
 * Example: `^cus_[0-9a-f]{6}$` → `cus_04c1fe`.
 */
export function drawFromPattern(pattern: string): Draw | undefined {
  const body = pattern.replace(/^\^/, '').replace(/\$$/, '');
  if (body === '' || /[()|^$]/.test(body.replaceAll(/\\.|\[[^\]]*\]/g, ''))) return undefined;
  const parts: Draw[] = [];
  let at = 0;
  while (at < body.length) {
    const atom = /^(?:\[(?:\\.|[^\]\\])*\]|\\.|.)/s.exec(body.slice(at))?.[0] ?? '';
    at += atom.length;
    const times = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(body.slice(at))?.[0] ?? '';
    at += times.length;
    const letters = lettersOf(atom);
    if (letters === undefined || letters === '') return undefined;
    const [low, high] = timesOf(times);
    parts.push((random) => Array.from({ length: random.int(low, high) }, () => letters.charAt(random.int(0, letters.length - 1))).join(''));
  }
  return (random) => parts.map((part) => part(random)).join('');
}

function timesOf(text: string): readonly [number, number] {
  if (text === '') return [1, 1];
  if (text === '?') return [0, 1];
  if (text === '*') return [1, MANY];
  if (text === '+') return [1, MANY];
  const [low = '1', high] = text.slice(1, -1).split(',');
  const least = Math.max(1, Number(low));
  if (high === undefined) return [Number(low), Number(low)];
  return [least, Math.max(least, Math.min(high === '' ? least + MANY : Number(high), least + MANY))];
}

function lettersOf(atom: string): string | undefined {
  if (atom === '.') return PLAIN;
  if (atom.startsWith('[^')) return PLAIN;
  if (atom.startsWith('[')) return classLetters(atom.slice(1, -1));
  if (atom.startsWith('\\')) return escaped(atom.slice(1));
  return atom;
}

const escaped = (letter: string): string | undefined =>
  letter === 'd' ? '0123456789' : letter === 'w' ? WORD : /[A-Za-z]/.test(letter) ? undefined : letter;

function classLetters(body: string): string | undefined {
  let letters = '';
  for (const [whole, low, high] of body.matchAll(/([^\\])-([^\\])|\\.|./gs)) {
    if (low !== undefined && high !== undefined) {
      for (let code = low.charCodeAt(0); code <= high.charCodeAt(0) && letters.length < 300; code += 1)
        letters += String.fromCharCode(code);
    } else {
      const one = whole.startsWith('\\') ? escaped(whole.slice(1)) : whole;
      if (one === undefined) return undefined;
      letters += one;
    }
  }
  // A path's own separators would make two segments of a value.
  const safe = letters.replaceAll(/[^\w.~@:-]/g, '');
  return safe === '' ? undefined : safe;
}
