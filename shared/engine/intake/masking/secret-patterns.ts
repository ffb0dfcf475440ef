import { JWT_PATTERN } from '../tokens/jwt.ts';
import { HOOK_WORDS, hookPattern } from './hook-tokens.ts';
import type { SecretType } from './token.ts';

/**
 * Secrets that prove themselves by their first letters. Expressions are sticky: they are tried only where a run of token
 * letters begins with the prefix, instead of sixty attempts a letter.
 * Sources: the vendors' own descriptions of their token forms; rule sets of others were read for coverage, not copied.
 */
interface SecretPattern {
  readonly prefix: string;
  readonly type: SecretType;
  /** A group is the secret itself where the words before it are none. */
  readonly pattern: RegExp;
  /** Set where the prefix is a word as well: behind a dash or an underscore it is a part of some other name. */
  readonly isWord?: boolean;
}

const apiKey = (prefix: string, rest: string): SecretPattern => ({
  prefix,
  type: 'api-key',
  pattern: new RegExp(prefix.replaceAll('.', '\\.') + rest, 'y'),
});
const letters = '[A-Za-z0-9_-]';

/** Words before a link's own token, as mails send it: `/reset/9f8e…`, `/verify-email/…`. Slugs of words are no tokens. */
const LINKS = ['reset', 'password-reset', 'password_reset', 'verify', 'confirm', 'invite', 'activate', 'magic', 'unsubscribe'];
const LINK_TOKEN = '((?:[A-Za-z0-9]{24}|(?=[A-Za-z_-]{0,64}[0-9])[A-Za-z0-9_-]{24})[A-Za-z0-9_.~=-]*)';

const PATTERNS: readonly SecretPattern[] = [
  ...['eyJ', 'eyA', 'ewo'].map((prefix): SecretPattern => ({ prefix, type: 'jwt', pattern: JWT_PATTERN })),
  ...['AKIA', 'ASIA', 'ABIA', 'ACCA'].map((prefix) => apiKey(prefix, '[A-Z0-9]{16}(?![A-Za-z0-9])')),
  ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'].map((prefix) => apiKey(prefix, '[A-Za-z0-9]{30,255}')),
  apiKey('github_pat_', '[A-Za-z0-9_]{22,}'),
  ...['glpat-', 'glrt-', 'gldt-', 'glcbt-', 'glptt-'].map((prefix) => apiKey(prefix, `${letters}{20,}`)),
  ...['xoxa-', 'xoxb-', 'xoxe-', 'xoxe.', 'xoxo-', 'xoxp-', 'xoxr-', 'xoxs-', 'xapp-'].map((prefix) =>
    apiKey(prefix, '[A-Za-z0-9-.]{10,}'),
  ),
  ...['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'sk_prod_'].map((prefix) => apiKey(prefix, '[A-Za-z0-9]{12,}')),
  apiKey('whsec_', '[A-Za-z0-9+/=]{20,}'),
  apiKey(
    'sk-',
    `(?:proj-|svcacct-|admin-|ant-[a-z0-9]+-|or-v1-)?(?=${letters}{0,127}[0-9])(?=${letters}{0,127}[A-Za-z0-9_]{16})${letters}{20,}`,
  ),
  apiKey('sk_', '[0-9a-f]{40,}'),
  apiKey('gsk_', '[A-Za-z0-9]{40,}'),
  apiKey('pplx-', '[A-Za-z0-9]{40,}'),
  apiKey('xai-', '[A-Za-z0-9]{40,}'),
  apiKey('r8_', '[A-Za-z0-9]{30,}'),
  apiKey('hf_', '[A-Za-z0-9]{30,}'),
  apiKey('lsv2_', '(?:pt|sk)_[0-9a-f_]{30,}'),
  apiKey('pcsk_', '[A-Za-z0-9_]{40,}'),
  apiKey('tvly-', `${letters}{20,}`),
  apiKey('AIza', `${letters}{35}`),
  apiKey('ya29.', `${letters}{20,}`),
  apiKey('GOCSPX-', `${letters}{20,}`),
  apiKey('SG.', `${letters}{16,}\\.${letters}{16,}`),
  apiKey('npm_', '[A-Za-z0-9]{36}'),
  apiKey('pypi-', `${letters}{50,}`),
  ...['doo_v1_', 'dop_v1_', 'dor_v1_'].map((prefix) => apiKey(prefix, '[a-f0-9]{64}')),
  ...['shpat_', 'shpca_', 'shppa_', 'shpss_'].map((prefix) => apiKey(prefix, '[a-fA-F0-9]{32}')),
  ...['sq0atp-', 'sq0csp-'].map((prefix) => apiKey(prefix, `${letters}{22,}`)),
  apiKey('ATATT3', '[A-Za-z0-9_=-]{50,}'),
  apiKey('dapi', '[0-9a-f]{32}'),
  ...['hvs.', 'hvb.'].map((prefix) => apiKey(prefix, `${letters}{24,}`)),
  apiKey('lin_api_', '[A-Za-z0-9]{32,}'),
  apiKey('ntn_', '[A-Za-z0-9]{40,}'),
  apiKey('secret_', '[A-Za-z0-9]{40,}'),
  apiKey('PMAK-', '[0-9a-f]{24}-[0-9a-f]{34}'),
  apiKey('NRAK-', '[A-Z0-9]{27}'),
  apiKey('glsa_', '[A-Za-z0-9]{32}_[0-9a-f]{8}'),
  apiKey('sntrys_', '[A-Za-z0-9+/=_-]{40,}'),
  apiKey('figd_', `${letters}{36,}`),
  apiKey('dp.pt.', '[A-Za-z0-9]{40,}'),
  apiKey('pscale_tkn_', `${letters}{30,}`),
  apiKey('sbp_', '[0-9a-f]{40}'),
  apiKey('sb_secret_', `${letters}{20,}`),
  { ...apiKey('key-', '[0-9a-f]{32}(?![A-Za-z0-9])'), isWord: true },
  apiKey('bot', '([0-9]{8,10}:[A-Za-z0-9_-]{33,})'),
  apiKey('services/', 'T[A-Za-z0-9]{6,}\\/B[A-Za-z0-9]{6,}\\/([A-Za-z0-9]{16,})'),
  ...LINKS.map((prefix): SecretPattern => ({
    prefix,
    type: 'one-time',
    pattern: new RegExp(`(?<=/)${prefix}(?:[-_][a-z]{1,20})?/(?:[a-z-]{1,20}/)?${LINK_TOKEN}`, 'y'),
  })),
  ...HOOK_WORDS.map((prefix): SecretPattern => ({ prefix, type: 'api-key', pattern: hookPattern(prefix) })),
  { prefix: 'AGE-SECRET-KEY-1', type: 'private-key', pattern: /AGE-SECRET-KEY-1[A-Z0-9]{58}/y },
];

const byStart = new Map<number, readonly SecretPattern[]>();
for (const pattern of PATTERNS) {
  const start = startCode(pattern.prefix, 0);
  byStart.set(start, [...(byStart.get(start) ?? []), pattern]);
}

/** The two letters at a place as one number. */
function startCode(text: string, at: number): number {
  return text.charCodeAt(at) * 128 + text.charCodeAt(at + 1);
}

/** Pairs of letters that some prefix begins with, by their code: `first × 128 + second`. */
export const isPrefixStart = new Uint8Array(128 * 128);
for (const start of byStart.keys()) isPrefixStart[start] = 1;

/**
 * The secret that is given away by the token letters that begin at `at`: they themselves or what their words lead to. `isGlued`: a word
 * stands right before, as in `backup-ghp_…`.
 */
export function secretAt(
  text: string,
  at: number,
  isGlued: boolean,
): { readonly type: SecretType; readonly start: number; readonly end: number } | undefined {
  for (const { prefix, type, pattern, isWord } of byStart.get(startCode(text, at)) ?? []) {
    if (!text.startsWith(prefix, at) || (isGlued && isWord === true)) continue;
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) return { type, start: pattern.lastIndex - (match[1] ?? match[0]).length, end: pattern.lastIndex };
  }
  return undefined;
}

/** A private key in PEM form, cut short or not; `\\n` as JSON and shells write it. */
export const PEM_PATTERN =
  /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|$)/g;
