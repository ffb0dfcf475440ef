/** What a path segment is by its own form. Everything but `word` stands for one of many values. */
export type SegmentType = 'word' | 'int' | 'uuid' | 'hex' | 'ulid' | 'code' | 'date' | 'email' | 'address' | 'file' | 'masked';

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const HEX = /^(?=.*\d)(?=.*[a-f])[0-9a-f]{8,}$/i;
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const DATE = /^\d{4}-\d{2}(?:-\d{2}(?:T[\d:.Z+-]+)?)?$/;
/** `cus_9s6XKzk`, `ord-10023`, `INV2024001`: letters, a mark, then something with digits. */
const PREFIXED = /^[A-Za-z]{1,12}[_-](?=[A-Za-z0-9_-]*\d)[A-Za-z0-9_-]{3,}$/;
const LETTERS_DIGITS = /^[A-Za-z]{1,10}[-_]?\d{3,}$/;
/** Long runs of letters and digits in no order, as random ids in base 62 or base64url are. */
const RANDOM = /^(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9_-]{16,}$/;
const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const ASSET = /\.(?:js|mjs|css|map|png|jpe?g|gif|svg|ico|webp|avif|woff2?|ttf|eot|otf|mp3|mp4|webm|pdf|zip|gz)$/i;
/** Names of things that only look like ids. */
const NAMED =
  /^(?:v\d+(?:\.\d+)*|oauth2?|sha\d{1,3}|md5|s3|ec2|k8s|utf-?8|ipv[46]|web3|mp[34]|h264|base64|iso\d+|rfc\d+|saml2?|http2?|openapi3|log4j|code-?\d|20\d\d)$/i;
const DIGITS_IN_WORDS = /^[a-z]+(?:-[a-z]+)*-v?\d{1,2}$/;

/** The type of one decoded segment. Example: `7` int, `3f2b…` uuid, `ord-10023` code, `me` and `v2` word. */
export function segmentType(segment: string): SegmentType {
  if (segment.includes('‹')) return 'masked';
  const first = segment.charCodeAt(0);
  if (first >= 48 && first <= 57 && /^\d+$/.test(segment)) return 'int';
  if (segment.length < 4 || NAMED.test(segment)) return 'word';
  if (segment.includes('.')) {
    if (ASSET.test(segment)) return 'file';
    if (ADDRESS.test(segment)) return 'address';
  }
  if (segment.includes('@')) return /^[^@\s]+@[^@\s]+\.[A-Za-z]{2,}$/.test(segment) ? 'email' : 'word';
  if (!/\d/.test(segment)) return 'word';
  if (UUID.test(segment)) return 'uuid';
  if (HEX.test(segment)) return 'hex';
  if (ULID.test(segment)) return 'ulid';
  if (DATE.test(segment)) return 'date';
  if (DIGITS_IN_WORDS.test(segment)) return 'word';
  if (LETTERS_DIGITS.test(segment) || PREFIXED.test(segment) || RANDOM.test(segment)) return 'code';
  return 'word';
}

/** Longest path that is told apart segment by segment; what is deeper counts as one. */
export const MAX_SEGMENTS = 24;

/**
 * A raw path as segments: decoded, without empty ones (so `/users/` is `/users`), without matrix parameters.
 * Example: `/v1//users/anna%40acme.test/;jsessionid=1` → `v1`, `users`, `anna@acme.test`.
 */
export function splitPath(path: string): readonly string[] {
  const segments: string[] = [];
  for (const raw of path.split('/')) {
    const semicolon = raw.indexOf(';');
    const text = semicolon < 0 ? raw : raw.slice(0, semicolon);
    if (text === '') continue;
    if (segments.length === MAX_SEGMENTS) break;
    segments.push(text.includes('%') ? decode(text) : text);
  }
  return segments;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone `%`: probes send them; the raw text is the segment.
    return text;
  }
}

/** Static assets of a page: never an undocumented endpoint. */
export const isAsset = (path: string): boolean =>
  ASSET.test(path) || /^\/(?:favicon|robots\.txt|sitemap|manifest\.json|\.well-known\/)/.test(path);
