/** From this length on a label is looked for inside of words as well: `acmeshopreports`. Units: letters. */
const INSIDE_LENGTH = 6;
/**
 * From this length on a label is known in two parts as well: `quill_forge`, `Quill Forge` of `quillforge`. Shorter ones stand in sentences
 * by chance: `for all` of `forall`. Units: letters.
 */
const SPLIT_LENGTH = 8;
/** Nobody writes a name with fewer letters on a side of the joint; labels have at least as many. Units: letters. */
const LEAST_PART = 3;

const isLetter = (char: string): boolean => /\p{L}/u.test(char);
const isLower = (char: string): boolean => /\p{Ll}/u.test(char);
const isUpper = (char: string): boolean => /\p{Lu}/u.test(char);

/** Whether a word may end between two letters: at anything that is no letter, and inside `AcmeBot`. */
const isSeam = (before: string, after: string): boolean => !isLetter(before) || !isLetter(after) || (isLower(before) && isUpper(after));

/** The letter in its small form; one whose small form is two letters stays as it is, so that places keep fitting. */
function smallOf(code: number): number {
  if (code < 128) return code >= 65 && code <= 90 ? code + 32 : code;
  const small = String.fromCharCode(code).toLowerCase();
  return small.length === 1 ? small.charCodeAt(0) : code;
}

const PERCENT = 37;
const PLUS = 43;
/** Space, `-`, `.` and `_`. */
const isJoint = (code: number): boolean => code === 32 || code === 45 || code === 46 || code === 95;

/** How many characters of a joint begin here: parts are joined by a space, `-`, `.`, `_`, `+`, and `%20` or `%2D` in addresses. */
function jointAt(text: string, at: number, code: number): number {
  if (isJoint(code)) return 1;
  if (code !== PLUS && code !== PERCENT) return 0;
  const escaped = text.slice(at + 1, at + 3).toLowerCase();
  if (escaped === '20' || (code === PERCENT && escaped === '2d')) return 3;
  return code === PLUS ? 1 : 0;
}

/** A text in its normal form: small letters without joints, the place of each in the text, and before which of them a joint stood. */
interface NormalText {
  readonly letters: string;
  readonly places: readonly number[];
  readonly joints: readonly number[];
}

/** At most so many letters of a text from a place on. */
function toNormal(text: string, from: number, most: number): NormalText {
  let letters = '';
  const places: number[] = [];
  const joints: number[] = [];
  for (let at = from; at < text.length && places.length < most;) {
    const code = text.charCodeAt(at);
    const joint = jointAt(text, at, code);
    if (joint === 0) {
      letters += String.fromCharCode(smallOf(code));
      places.push(at);
    } else if (places.length > 0 && joints.at(-1) !== places.length) joints.push(places.length);
    at += Math.max(1, joint);
  }
  return { letters, places, joints: joints.filter((each) => each < places.length) };
}

/** Companies by the normal form of their words. */
interface Companies {
  /** What stands for a company, and where its label is joined, counted in letters. */
  readonly known: ReadonlyMap<string, { readonly pseudonym: string; readonly seams: readonly number[] }>;
  /** Lengths of the words that begin with these letters, the longest first. */
  readonly lengths: ReadonlyMap<string, readonly number[]>;
}

/** The longest company that the letters from a place on spell, and where it ends. */
function companyAt(text: string, from: number, start: string, { known, lengths }: Companies) {
  const [longest = 0, ...shorter] = lengths.get(start) ?? [];
  if (longest === 0) return undefined;
  const { letters, places, joints } = toNormal(text, from, longest);
  for (const length of [longest, ...shorter]) {
    const company = letters.length < length ? undefined : known.get(letters.slice(0, length));
    if (company === undefined) continue;
    const own = joints.filter((each) => each < length);
    const end = (places[length - 1] ?? 0) + 1;
    const isWord = isSeam(text[from - 1] ?? ' ', text[from] ?? ' ') && isSeam(text[end - 1] ?? ' ', text[end] ?? ' ');
    // Joined as the label is, or not at all: `acme_shop` and `AcmeShop` of `acme-shop`. Joined elsewhere it must be a word.
    const isOwn = own.length === 0 || own.join() === company.seams.join();
    const isSplit = length >= SPLIT_LENGTH && own.every((each) => each >= LEAST_PART && each <= length - LEAST_PART);
    if (isOwn ? length >= INSIDE_LENGTH || isWord : isSplit && isWord) return { pseudonym: company.pseudonym, end };
  }
  return undefined;
}

/** A table that tells most starts that no company has; its size is a power of two. */
const TABLE = 1 << 16;
const slotOf = (a: number, b: number, c: number): number => (a * 961 + b * 31 + c) & (TABLE - 1);

/**
 * Prepares the replacing of words that name a company wherever they stand: in paths, names of files, audiences, scopes, programs. Text and
 * words are compared in one normal form, so that case and joints are passed over: `quillforge` is `QuillForge`, `quill_forge`, `quill%20forge`.
 * Shape: `words` as `companyWords` gives them, to what stands for each.
 * Cost:  one look into a table a letter, however many words.
 */
export function companyReplacer(words: ReadonlyMap<string, string>): (text: string) => string {
  if (words.size === 0) return (text) => text;
  const known = new Map<string, { readonly pseudonym: string; readonly seams: readonly number[] }>();
  const lengths = new Map<string, number[]>();
  const starts = new Uint8Array(TABLE);
  for (const [word, pseudonym] of words) {
    const { letters, joints } = toNormal(word, 0, word.length);
    known.set(letters, { pseudonym, seams: joints });
    const start = letters.slice(0, LEAST_PART);
    const held = lengths.get(start) ?? [];
    if (!held.includes(letters.length)) lengths.set(start, [...held, letters.length].sort((a, b) => b - a)); // prettier-ignore
    starts[slotOf(start.charCodeAt(0), start.charCodeAt(1), start.charCodeAt(2))] = 1;
  }
  return (text) => {
    let result = '';
    let done = 0;
    // The two letters before the one that is looked at, and their places: a word begins at the first when the table knows all three.
    let [b, c] = [0, 0];
    let [atB, atC] = [0, 0];
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      const joint = jointAt(text, at, code);
      if (joint > 0) {
        at += joint - 1;
        continue;
      }
      const [a, from] = [b, atB];
      [b, c] = [c, smallOf(code)];
      [atB, atC] = [atC, at];
      if (starts[slotOf(a, b, c)] === 0) continue;
      const company = companyAt(text, from, String.fromCharCode(a, b, c), { known, lengths });
      if (company === undefined) continue;
      result += text.slice(done, from) + company.pseudonym;
      done = company.end;
      at = done - 1;
      [b, c] = [0, 0];
    }
    return result + text.slice(done);
  };
}
