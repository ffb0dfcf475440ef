/** Three parts of a colour, each 0 to 1, or a point in Lab. */
type Triple = readonly [number, number, number];

const mapTriple = ([one, two, three]: Triple, change: (part: number) => number): Triple => [change(one), change(two), change(three)];

const dot = ([a, b, c]: Triple, [x, y, z]: Triple): number => a * x + b * y + c * z;

/** `#rrggbb` as linear sRGB. */
function toLinear(color: string): Triple {
  const part = (at: number): number => Number.parseInt(color.slice(at, at + 2), 16) / 255;
  return mapTriple([part(1), part(3), part(5)], (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
}

/** WCAG 2.2 contrast of two colours given as `#rrggbb`, 1 to 21. */
export function contrast(one: string, other: string): number {
  const luminance = (color: string): number => dot(toLinear(color), [0.2126, 0.7152, 0.0722]);
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** Source: Machado, Oliveira, Fernandes 2009, table 1, severity 1.0; they work on linear sRGB. */
const SIGHT = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const satisfies Record<string, readonly [Triple, Triple, Triple]>;

/** Three ways of seeing fewer colours. */
export type Sight = keyof typeof SIGHT;

/** CIE Lab of linear sRGB under D65. */
function toLab(color: Triple): Triple {
  const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f(dot(color, [0.4124564, 0.3575761, 0.1804375]) / 0.95047);
  const y = f(dot(color, [0.2126729, 0.7151522, 0.072175]));
  const z = f(dot(color, [0.0193339, 0.119192, 0.9503041]) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** How far apart two colours look to somebody with that sight. Units: ΔE*ab (CIE 1976); about 2.3 is just noticeable. */
export function differenceSeen(one: string, other: string, sight: Sight): number {
  const seen = (color: string): Triple => {
    const linear = toLinear(color);
    const [red, green, blue] = SIGHT[sight];
    return toLab(mapTriple([dot(red, linear), dot(green, linear), dot(blue, linear)], (part) => Math.min(1, Math.max(0, part))));
  };
  const [a, b] = [seen(one), seen(other)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
