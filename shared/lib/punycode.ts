// The parameters of RFC 3492, section 5.
const [BASE, T_MIN, T_MAX, SKEW, DAMP, FIRST_BIAS, FIRST_CODE] = [36, 1, 26, 38, 700, 72, 128];
const LARGEST_CODE = 0x10ffff;

/** Source: RFC 3492, section 6.1. */
function adapt(delta: number, points: number, isFirst: boolean): number {
  let left = Math.floor(delta / (isFirst ? DAMP : 2));
  left += Math.floor(left / points);
  let steps = 0;
  for (; left > ((BASE - T_MIN) * T_MAX) / 2; steps += BASE) left = Math.floor(left / (BASE - T_MIN));
  return steps + Math.floor(((BASE - T_MIN + 1) * left) / (left + SKEW));
}

const threshold = (step: number, bias: number): number => Math.min(T_MAX, Math.max(T_MIN, step - bias));

/** Digits are `a` to `z`, then `0` to `9`; -1 for anything else. */
function valueOf(code: number): number {
  if (code >= 0x61 && code <= 0x7a) return code - 0x61;
  if (code >= 0x41 && code <= 0x5a) return code - 0x41;
  return code >= 0x30 && code <= 0x39 ? code - 0x30 + 26 : -1;
}

/** A label without its `xn--` as the text that it stands for; `undefined` when it stands for none. Source: RFC 3492, section 6.2. */
export function decodePunycode(label: string): string | undefined {
  const dash = label.lastIndexOf('-');
  const points = Array.from(label.slice(0, Math.max(0, dash)), (letter) => letter.codePointAt(0) ?? 0);
  if (points.some((point) => point >= FIRST_CODE)) return undefined;
  let [code, place, bias] = [FIRST_CODE, 0, FIRST_BIAS];
  for (let at = dash < 0 ? 0 : dash + 1; at < label.length;) {
    const before = place;
    for (let [weight, step] = [1, BASE]; ; step += BASE) {
      const digit = at < label.length ? valueOf(label.charCodeAt(at)) : -1;
      at += 1;
      if (digit < 0) return undefined;
      place += digit * weight;
      if (place > Number.MAX_SAFE_INTEGER) return undefined;
      const limit = threshold(step, bias);
      if (digit < limit) break;
      weight *= BASE - limit;
    }
    bias = adapt(place - before, points.length + 1, before === 0);
    code += Math.floor(place / (points.length + 1));
    place %= points.length + 1;
    if (code > LARGEST_CODE) return undefined;
    points.splice(place, 0, code);
    place += 1;
  }
  return String.fromCodePoint(...points);
}

/** A text as a label without its `xn--`. Shape: at most a few hundred characters. Source: RFC 3492, section 6.3. */
export function encodePunycode(text: string): string {
  const points = Array.from(text, (letter) => letter.codePointAt(0) ?? 0);
  const basic = points.filter((point) => point < FIRST_CODE);
  let out = basic.length === 0 ? '' : `${String.fromCodePoint(...basic)}-`;
  let [code, delta, bias, done] = [FIRST_CODE, 0, FIRST_BIAS, basic.length];
  const digit = (value: number): string => String.fromCharCode(value < 26 ? value + 0x61 : value - 26 + 0x30);
  while (done < points.length) {
    const next = points.reduce((least, point) => (point >= code && point < least ? point : least), LARGEST_CODE + 1);
    delta += (next - code) * (done + 1);
    code = next;
    for (const point of points) {
      if (point < code) delta += 1;
      if (point !== code) continue;
      let left = delta;
      for (let step = BASE; ; step += BASE) {
        const limit = threshold(step, bias);
        if (left < limit) break;
        out += digit(limit + ((left - limit) % (BASE - limit)));
        left = Math.floor((left - limit) / (BASE - limit));
      }
      out += digit(left);
      bias = adapt(delta, done + 1, done === basic.length);
      delta = 0;
      done += 1;
    }
    delta += 1;
    code += 1;
  }
  return out;
}
