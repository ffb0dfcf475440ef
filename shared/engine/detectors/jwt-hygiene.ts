import { claimList, MANY_AUDIENCES } from '../../model/claims.ts';
import type { Severity } from '../../contract/report-json.ts';
import type { SqlDriver } from '../store/driver.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { firstCalls, readTokens, type SeenToken } from './jwt/claims.ts';
import { listOf, plural } from './spoken.ts';

/** Claims that RFC 8725 and RFC 9068 expect in an access token, and what their absence costs. */
const EXPECTED_CLAIMS: readonly { readonly claim: string; readonly base: Severity; readonly cost: string }[] = [
  { claim: 'exp', base: 'medium', cost: 'it never expires' },
  { claim: 'iss', base: 'low', cost: 'nothing says who issued it' },
  { claim: 'aud', base: 'low', cost: 'any service may be offered it' },
  { claim: 'sub', base: 'low', cost: 'its uses cannot be attributed' },
];
/** Types that access and identity tokens are known to carry (RFC 9068, RFC 7519, RFC 8417). */
const KNOWN_TYPES = /^(?:application\/)?(?:jwt|at\+jwt|dpop\+jwt|logout\+jwt|secevent\+jwt|id_token|bearer)$/i;
const KEY_ID_ATTACK = /\.\.[/\\]|^\/|[\0'"`;|]|\b(?:select|union|or 1=1)\b|^https?:/i;
const SECRET_CLAIM = /^(?:password|passwd|secret|client_secret|api_?key|private_?key|ssn|card(?:_?number)?|pan|iban|date_of_birth|dob)$/i;
const TEST_ISSUER = /\b(?:localhost|127\.0\.0\.1|mock|fake|dummy)\b/i;

interface Rule {
  readonly id: string;
  readonly base: Severity;
  /** What is wrong, said of the token or tokens. */
  readonly claim: string;
  readonly fix: string;
  applies(token: SeenToken, issuer: readonly SeenToken[]): boolean;
}

const algorithmOf = (token: SeenToken): string => (typeof token.header['alg'] === 'string' ? token.header['alg'].toUpperCase() : '');
const isUnsigned = (token: SeenToken): boolean => algorithmOf(token) === 'NONE' || algorithmOf(token) === '';
/** Marks of an identity token, which is not meant for APIs and has rules of its own. */
const isIdentityToken = ({ claims }: SeenToken): boolean =>
  claims['nonce'] !== undefined || claims['at_hash'] !== undefined || claims['c_hash'] !== undefined;

const RULES: readonly Rule[] = [
  {
    id: 'unsigned', base: 'medium', claim: 'not signed: anyone can write one', fix: 'Refuse `alg: none` and every algorithm that is not on a list of one or two.',
    applies: isUnsigned,
  },
  {
    id: 'algorithm-confusion', base: 'medium', claim: 'signed with a shared secret while the issuer signs others with a private key', fix: 'Pin the algorithm per issuer; never let the token choose between HMAC and public-key verification.',
    applies: (token, issuer) => algorithmOf(token).startsWith('HS') && issuer.some((other) => /^(?:RS|ES|PS|ED)/.test(algorithmOf(other))),
  },
  {
    id: 'bad-signature', base: 'medium', claim: 'not verified by the key that is named in it', fix: 'Find out who made it: refuse tokens whose signature the issuer’s published keys do not fit, or add the right key set to the case.',
    applies: ({ signature }) => signature?.reason === 'wrong' || signature?.reason === 'key-type' || signature?.reason === 'confused',
  },
  {
    id: 'unpublished-key', base: 'low', claim: 'naming a key that the issuer’s key set does not hold, though it holds that of others', fix: 'Ask the issuer whose key it is: keys are published until the last token that they signed has expired.',
    applies: ({ signature }, issuer) => signature?.reason === 'unknown-id' && issuer.some((other) => other.signature?.reason === 'fits'),
  },
  {
    id: 'key-by-token', base: 'medium', claim: 'bringing its own key or saying where to fetch it', fix: 'Ignore `jku`, `x5u` and `jwk` of tokens; take keys from the issuer’s published set only.',
    applies: ({ header }) => ['jku', 'x5u', 'jwk'].some((name) => header[name] !== undefined),
  },
  {
    id: 'key-id-attack', base: 'high', claim: 'naming a key id that looks like a path, a URL or a query', fix: 'Treat `kid` as an opaque name to look up in a list, never as a path or part of a query.',
    applies: ({ header }) => typeof header['kid'] === 'string' && KEY_ID_ATTACK.test(header['kid']),
  },
  {
    id: 'type', base: 'info', claim: 'of a type that no access token has', fix: 'Check `typ` so that tokens made for something else are refused.',
    applies: ({ header }) => typeof header['typ'] === 'string' && !KNOWN_TYPES.test(header['typ']),
  },
  {
    id: 'secret-in-claims', base: 'medium', claim: 'holding a secret or an identity number in claims that anyone can read', fix: 'Keep secrets and identity numbers out of tokens: their contents are encoded, not encrypted.',
    applies: ({ claims }) => Object.keys(claims).some((name) => SECRET_CLAIM.test(name)),
  },
  {
    id: 'wide-audience', base: 'low', claim: 'good for many services at once', fix: 'Issue one token for each service, or exchange them (RFC 8693): a token for all is stolen once for all.',
    applies: ({ claims }) => claimList(claims, 'aud').length > MANY_AUDIENCES || claimList(claims, 'aud').some((audience) => audience === '*'),
  },
  ...EXPECTED_CLAIMS.map(({ claim, base, cost }): Rule => ({
    id: `missing-${claim}`, base, claim: `without \`${claim}\`: ${cost}`, fix: `Have the issuer set \`${claim}\`, and refuse tokens without it.`,
    applies: (token) => token.claims[claim] === undefined,
  })),
]; // prettier-ignore

/** Calls that a token of the group made with success. */
const accepted = (db: SqlDriver, tokens: readonly SeenToken[]): number =>
  tokens.reduce(
    (sum, token) =>
      sum +
      (db
        .prepare(
          'SELECT count(*) AS n FROM call c LEFT JOIN call_fact f ON f.call_id = c.id WHERE c.credential_id = ? AND +c.status BETWEEN 200 AND 299 AND f.same_as IS NULL',
        )
        .get<{ n: number }>(token.credential)?.n ?? 0),
    0,
  );

function toDraft(db: SqlDriver, rule: Rule, issuer: string, tokens: readonly SeenToken[]): FindingDraft {
  const answered = accepted(db, tokens);
  const owners = [...new Set(tokens.map((token) => token.principalLabel))].sort();
  const identity = tokens.filter(isIdentityToken).length;
  const isTest = TEST_ISSUER.test(issuer);
  const steps = [
    // Accepted unsigned tokens are forged identities waiting to happen: critical, as the catalogue has it.
    ...(rule.id === 'unsigned' && answered > 0
      ? [{ by: 2, why: `${plural(answered, 'call')} with it ${answered === 1 ? 'was' : 'were'} accepted` }]
      : []),
    ...(rule.id !== 'unsigned' && answered === 0 ? [{ by: -1, why: 'no call with it succeeded' }] : []),
    ...(isTest ? [{ by: -1, why: 'the issuer is a test issuer by its name' }] : []),
  ];
  return {
    subject: `${rule.id} ${issuer}`,
    title: `${tokens.length === 1 ? `The token of ${owners[0] ?? 'an unknown principal'} is` : `${plural(tokens.length, 'token')} of ${listOf(owners, 3)} are`} ${rule.claim}`,
    severity: { base: rule.base, steps },
    confidence: 'observed',
    score: Math.min(1, 0.2 + Math.min(0.6, answered / 1000)),
    principals: [...new Set(tokens.flatMap((token) => token.principal ?? []))],
    credentials: tokens.map((token) => token.credential),
    endpoints: [],
    chains: [],
    calls: firstCalls(
      db,
      tokens.map((token) => token.credential),
    ),
    observed: {
      issuer,
      rule: rule.id,
      tokens: tokens.length,
      acceptedCalls: answered,
      algorithms: [...new Set(tokens.map(algorithmOf))].sort(),
    },
    expected: { tokens: 0 },
    benignTested: [
      {
        explanation: 'identity tokens, which have other rules',
        result:
          identity === 0
            ? 'not supported: none has the marks of one (nonce, at_hash, c_hash)'
            : `possible for ${plural(identity, 'token')} with the marks of one`,
      },
      { explanation: 'a test issuer', result: isTest ? `supported by its name, ${issuer}` : `not supported: ${issuer}` },
    ],
    remediation: [rule.fix],
  };
}

/** One finding for a key id that several issuers share: a key of one environment is then good in another. */
function sharedKeys(db: SqlDriver, tokens: readonly SeenToken[]): readonly FindingDraft[] {
  const byKey = new Map<string, SeenToken[]>();
  for (const token of tokens) {
    const kid = token.header['kid'];
    if (typeof kid === 'string') byKey.set(kid, [...(byKey.get(kid) ?? []), token]);
  }
  return [...byKey].flatMap(([kid, group]) => {
    const issuers = [...new Set(group.map((token) => token.issuer))].sort();
    if (issuers.length < 2) return [];
    const rule: Rule = {
      id: 'key-across-issuers',
      base: 'low',
      claim: `signed with key ${kid}, which ${plural(issuers.length, 'issuer')} share`,
      fix: 'Give every issuer and environment keys of its own.',
      applies: () => true,
    };
    return [toDraft(db, rule, issuers.join(', '), group)];
  });
}

/** One finding for tokens that came in the URL, where logs, histories and referers keep them (RFC 9700, section 4.3.2). */
function inUrls(db: SqlDriver, tokens: readonly SeenToken[]): readonly FindingDraft[] {
  const shown = new Set(
    db
      .prepare("SELECT DISTINCT credential_id AS id FROM exposure WHERE side IN ('query', 'path')")
      .all<{ id: number }>()
      .map(({ id }) => id),
  );
  const hit = tokens.filter(({ credential }) => shown.has(credential));
  if (hit.length === 0) return [];
  const rule: Rule = {
    id: 'in-url', base: 'low', claim: 'carried in a URL, where logs and histories keep it', fix: 'Take tokens in the Authorization header only.',
    applies: () => true,
  }; // prettier-ignore
  return [toDraft(db, rule, 'tokens in URLs', hit)];
}

/** Flags tokens that are weak by what they say about themselves. */
export const jwtHygiene: Detector = {
  id: 'jwt-hygiene',
  version: 3,
  title: 'Weak or dangerous tokens',
  question: 'Do tokens carry what a server needs to refuse forged and stray ones?',
  about: {
    catches:
      'Tokens without a signature, an issuer, an audience or an end, with a key that the sender names, or with personal data inside.',
    inputs: ['readable tokens'],
    falsePositives: ['ID tokens, which are not for APIs', 'issuers of test environments'],
  },
  family: 'posture',
  needs: ['principals'],
  reads: ['credential'],
  maps: {
    owaspApi: ['API2:2023'],
    owaspLlm: [],
    owaspAgentic: ['MCP01'],
    attack: ['T1606', 'T1550.001'],
    atlas: [],
    cwe: ['CWE-347', 'CWE-287'],
  },
  settings: [
    {
      name: 'expectedClaims',
      value: EXPECTED_CLAIMS.map(({ claim }) => claim).join(' '),
      why: 'what RFC 8725 and RFC 9068 ask of an access token',
    },
    {
      name: 'manyAudiences',
      value: MANY_AUDIENCES,
      why: 'RFC 9700 asks for tokens that are good for one service; a few audiences still name services of one kind',
    },
    { name: 'knownTypes', value: 'JWT at+jwt dpop+jwt logout+jwt secevent+jwt', why: 'the types that the RFCs register for tokens' },
  ],
  async run(db, breathe) {
    const tokens = readTokens(db);
    if (tokens.length === 0) return { kind: 'not-evaluable', reason: 'no readable token (JWT) came as a credential' };
    const byIssuer = new Map<string, SeenToken[]>();
    for (const token of tokens) byIssuer.set(token.issuer, [...(byIssuer.get(token.issuer) ?? []), token]);
    const findings: FindingDraft[] = [];
    for (const [issuer, group] of byIssuer) {
      for (const rule of RULES) {
        const hit = group.filter((token) => rule.applies(token, group));
        if (hit.length > 0) findings.push(toDraft(db, rule, issuer, hit));
      }
      await breathe();
    }
    return { kind: 'evaluated', findings: [...findings, ...sharedKeys(db, tokens), ...inUrls(db, tokens)] };
  },
};
