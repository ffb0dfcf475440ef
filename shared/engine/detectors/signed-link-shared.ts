import { registrableDomain } from '../../lib/domains.ts';
import { sortNumbers } from '../../lib/stats.ts';
import { networkOf } from '../../model/network.ts';
import type { SqlDriver } from '../store/driver.ts';
import { termReader } from '../store/read/terms.ts';
import type { Detector, FindingDraft } from './detector.ts';
import { readEstate } from './flow/hosts.ts';
import { endOfLink, readSignedLinks, type LinkKind, type SignedLink } from './links/signed-links.ts';
import { listOf, plural, sizeOf } from './spoken.ts';

/** Networks without a part in the case: a colleague at home and on the phone are two. */
const MIN_STRANGERS = 4;
/** So many times what the one link in a hundred that is most passed on is opened from. */
const TIMES_USUAL = 3;
/** Fewer links of its kind say nothing of what is usual; then only a sign of having been posted does. */
const MIN_LINKS = 10;
/** From this level on data is not given to anyone. */
const PERSONAL = 2;
/** Programs that open a link because somebody wrote it into a chat or a post. Source: the User-Agents that their makers document. */
const PREVIEWS =
  /TelegramBot|Twitterbot|Slackbot|Slack-ImgProxy|Discordbot|WhatsApp\/|facebookexternalhit|LinkedInBot|SkypeUriPreview|redditbot|Mastodon\/|vkShare/i;

interface Opened {
  readonly id: number;
  readonly time: number | null;
  readonly ip: string;
  readonly network: string;
  readonly principal: number | null;
  readonly endpoint: number;
  readonly path: string;
  readonly query: string;
  readonly host: string;
  readonly status: number | null;
  readonly bytes: number;
  readonly referer: string | undefined;
  readonly program: string;
}

function readOpened(db: SqlDriver, { calls }: SignedLink): readonly Opened[] {
  const term = termReader(db);
  const select = db.prepare(
    `SELECT c.id, c.time, c.client_ip_id AS ip, f.principal_id AS principal, f.endpoint_id AS endpoint, c.path, c.query, c.host_id AS host, c.status, c.res_bytes AS bytes, c.referer_id AS referer, c.user_agent_id AS agent
       FROM call c JOIN call_fact f ON f.call_id = c.id WHERE c.id = ?`,
  );
  const opened = calls.flatMap((call): readonly Opened[] => {
    const row = select.get<{ id: number; time: number | null; ip: number; principal: number | null; endpoint: number; path: string; query: string; host: number | null; status: number | null; bytes: number | null; referer: number | null; agent: number | null }>(call);
    if (row === undefined) return [];
    const { referer, agent, host, bytes, ...rest } = row;
    const ip = term(row.ip) ?? '';
    return [{ ...rest, ip, network: networkOf(ip), host: term(host) ?? '', bytes: bytes ?? 0, referer: hostOf(term(referer)), program: term(agent) ?? '' }];
  });
  return opened.sort((a, b) => (a.time ?? 0) - (b.time ?? 0) || a.id - b.id);
} // prettier-ignore

const hostOf = (url: string | undefined): string | undefined =>
  url !== undefined && URL.canParse(url) ? new URL(url).hostname : undefined;

/** Networks from which somebody calls who is known, by a credential or by a name that a source gives, and is answered. */
function knownNetworks(db: SqlDriver): ReadonlySet<string> {
  const term = termReader(db);
  const known = db
    .prepare('SELECT DISTINCT client_ip_id AS ip FROM call WHERE client_ip_id IS NOT NULL AND (credential_id IS NOT NULL OR consumer_id IS NOT NULL) AND (status IS NULL OR status < 400)')
    .all<{ ip: number }>();
  return new Set(known.map(({ ip }) => networkOf(term(ip))));
} // prettier-ignore

/** From how many networks each link of a kind was opened, in rising order. */
const spreadsOf = ({ links, shared }: LinkKind): Float64Array =>
  sortNumbers([...Array.from({ length: links - shared.length }, () => 1), ...shared.map(({ networks }) => networks.size)]);

/** Networks from which the other links of its kind are opened at most, but for one in a hundred; `undefined` where there are too few of them. */
function usualOf(spreads: Float64Array, { networks }: SignedLink): number | undefined {
  const others = spreads.length - 1;
  if (others < MIN_LINKS) return undefined;
  const own = spreads.lastIndexOf(networks.size);
  const at = Math.ceil(0.99 * (others - 1));
  return spreads[at < own ? at : at + 1];
}

/** What the case knows beside the links: domains of its own, and networks of callers that are known. */
interface Around {
  readonly own: ReadonlySet<string>;
  readonly known: ReadonlySet<string>;
}

interface Spread {
  readonly link: SignedLink;
  readonly opened: readonly Opened[];
  /** Calls from networks from which nobody else calls who is known. */
  readonly strange: readonly Opened[];
  /** Those, and the previews of programs. */
  readonly others: readonly Opened[];
  readonly usual: number | undefined;
  readonly postedAt: readonly string[];
  readonly previews: readonly string[];
}

function spreadOf(db: SqlDriver, link: SignedLink, usual: number | undefined, { own, known }: Around): Spread | undefined {
  if (usual !== undefined && link.networks.size < TIMES_USUAL * usual) return undefined;
  const opened = readOpened(db, link);
  const home = opened[0]?.network;
  const others = opened.filter(({ network }) => network !== home && !known.has(network));
  // A preview shows that the link was written somewhere; it is nobody who opened it.
  const strange = others.filter(({ program }) => !PREVIEWS.test(program));
  if (new Set(strange.map(({ network }) => network)).size < MIN_STRANGERS) return undefined;
  const foreign = strange.flatMap(({ referer, host }) => (referer === undefined || own.has(registrableDomain(referer)) || registrableDomain(referer) === registrableDomain(host) ? [] : referer));
  const previews = others.flatMap(({ program }) => PREVIEWS.exec(program)?.[0] ?? []);
  const spread = { link, opened, others, strange, usual, postedAt: [...new Set(foreign)].sort(), previews: [...new Set(previews)].sort() };
  return usual === undefined && spread.postedAt.length === 0 && spread.previews.length === 0 ? undefined : spread;
} // prettier-ignore

/** The call whose answer the link came out of. */
const originOf = (
  db: SqlDriver,
  first: number,
): { readonly id: number; readonly principal: number | null; readonly who: string | null } | undefined =>
  db
    .prepare(
      `SELECT e.from_call AS id, f.principal_id AS principal, p.label AS who FROM edge e JOIN call_fact f ON f.call_id = e.from_call LEFT JOIN principal p ON p.id = f.principal_id
        WHERE e.to_call = ? AND e.kind IN ('value', 'redirect', 'pagination') ORDER BY e.confidence DESC, e.from_call LIMIT 1`,
    )
    .get(first);

function toDraft(db: SqlDriver, { opened, strange, others, usual, postedAt, previews }: Spread): FindingDraft | undefined {
  const [first] = opened;
  const [firstStranger] = strange;
  if (first === undefined || firstStranger === undefined) return undefined;
  const given = strange.filter(({ status }) => status !== null && status >= 200 && status < 300);
  const bytes = given.reduce((sum, one) => sum + one.bytes, 0);
  const networks = [...new Set(strange.map(({ network }) => network))];
  const someIsKnown = db.prepare('SELECT 1 FROM call WHERE credential_id IS NOT NULL OR consumer_id IS NOT NULL LIMIT 1').get() !== undefined;
  const file = first.path.slice(first.path.lastIndexOf('/') + 1) || 'a file';
  const origin = originOf(db, first.id);
  const end = endOfLink(first.query);
  const seenTo = db.prepare('SELECT max(time_max) AS time FROM source').get<{ time: number | null }>()?.time ?? 0;
  const sensitivity = db.prepare('SELECT max(sensitivity) AS level FROM endpoint WHERE id = ?').get<{ level: number | null }>(first.endpoint)?.level ?? 0;
  const posted = [...postedAt.map((host) => `a page of ${host} led there`), ...previews.map((program) => `${program.replace(/\/$/, '')} looked at it for a preview`)];
  const endText = end === undefined ? undefined : `${new Date(end / 1000).toISOString().slice(0, 19)}Z`;
  return {
    subject: `link ${first.host}${first.path} ${String(first.time ?? first.id)}`,
    title: `The signed link to ${file} of ${first.host} was opened from ${plural(networks.length, 'network')} of strangers, ${sizeOf(bytes)} in ${plural(given.length, 'answer')}`,
    claim: `The signed link to ${file} was opened from ${plural(networks.length, 'network')} of strangers`,
    severity: {
      base: 'medium',
      steps: [
        ...(posted.length > 0 ? [{ by: 1, why: `it was posted where others read it: ${listOf(posted, 3)}` }] : []),
        ...(sensitivity >= PERSONAL ? [{ by: 1, why: 'what it opens is personal' }] : []),
      ],
    },
    confidence: 'inferred',
    score: Math.min(1, 0.4 + networks.length / 40 + (posted.length > 0 ? 0.2 : 0)),
    principals: [...new Set(strange.flatMap(({ principal }) => principal ?? []))].slice(0, 200),
    credentials: [],
    endpoints: [...new Set(opened.map(({ endpoint }) => endpoint))],
    chains: [],
    // That it was made is no misdeed: the story tells it.
    calls: [first.id, ...others.map(({ id }) => id)],
    crossedAt: strange.find(({ network }) => network === networks[MIN_STRANGERS - 1])?.id,
    observed: {
      link: `${first.host}${first.path}`,
      addresses: [...new Set(strange.map(({ ip }) => ip))].slice(0, 30),
      networks: networks.length,
      answers: given.length,
      bytes,
      ...(posted.length === 0 ? {} : { posted }),
      ...(origin?.who === null || origin === undefined ? {} : { madeFor: origin.who }),
      ...(endText === undefined ? {} : { endsAt: endText, stillOpens: (end ?? 0) > seenTo }),
    },
    expected: usual === undefined ? { because: 'links that are signed are meant for one receiver' } : { networksAtMost: usual },
    benignTested: [
      { explanation: 'the receiver on the phone, at home and in the office', result: someIsKnown ? `not supported: from none of ${plural(networks.length, 'network')} does anybody call who is known` : 'cannot be told: the evidence names no principal at all' },
      { explanation: 'links of this kind are passed on as a rule', result: usual === undefined ? 'cannot be told: there are too few links of this kind' : `not supported: of 100 such links 99 are opened from ${plural(usual, 'network')} at most` },
      { explanation: 'a picture or style that every reader of a page loads', result: 'left out where the record tells the type of the answer' },
    ],
    remediation: [
      end !== undefined && end > seenTo ? `Make the link useless now, it opens until ${endText ?? ''}: remove the file, or replace the key that signs.` : 'See whether the link still opens; if so remove the file or replace the key that signs.',
      'Ask where it was posted to take it down there, and treat what the file holds as known to strangers.',
      'Bind such links to a session or an address, and let them live for minutes.',
    ],
    story: [
      ...(origin === undefined ? [] : [{ call: origin.id, role: 'made', text: `${origin.who ?? 'Somebody'} was given a signed link to ${file}` }]),
      { call: firstStranger.id, role: 'opened', text: `Strangers began to open it${posted.length === 0 ? '' : `: ${listOf(posted, 2)}`}` },
    ],
  };
} // prettier-ignore

/** Flags signed links that were passed on to strangers. */
export const signedLinkShared: Detector = {
  id: 'signed-link-shared',
  version: 1,
  title: 'Signed link in strangers’ hands',
  question: 'Which links that open by their signature did people open who should not have them?',
  about: {
    catches: 'A signed link to a file that was posted or passed on, and opened from networks from which nobody else calls.',
    inputs: ['calls whose URL holds a signature, with addresses', 'the page that led there, and programs of previews'],
    falsePositives: ['a link that was sent to many receivers on purpose', 'a download that a company spreads over many exits'],
  },
  family: 'incident',
  needs: ['principals', 'endpoints', 'chains'],
  reads: ['address'],
  maps: {
    owaspApi: ['API2:2023'],
    owaspLlm: [],
    owaspAgentic: ['NHI7'],
    attack: ['T1567', 'T1530'],
    atlas: [],
    cwe: ['CWE-598', 'CWE-613'],
  },
  settings: [
    { name: 'minStrangers', value: MIN_STRANGERS, why: 'networks of nobody that is known; a colleague at home and on the phone are two' },
    { name: 'timesUsual', value: TIMES_USUAL, why: 'times the networks from which 99 of 100 links of its kind are opened at most' },
    { name: 'minLinks', value: MIN_LINKS, why: 'links of its kind; with fewer only a sign of having been posted counts' },
  ],
  async run(db, breathe) {
    const kinds = await readSignedLinks(db, breathe);
    if (kinds.size === 0) return { kind: 'not-evaluable', reason: 'no call without a credential has a signature in its URL beside the client’s address' };
    const around = { own: new Set(readEstate(db).domains), known: knownNetworks(db) };
    const findings: FindingDraft[] = [];
    for (const kind of kinds.values()) {
      const spreads = spreadsOf(kind);
      for (const link of kind.shared.filter(({ networks }) => networks.size > MIN_STRANGERS)) {
        await breathe();
        const spread = spreadOf(db, link, usualOf(spreads, link), around);
        const draft = spread === undefined ? undefined : toDraft(db, spread);
        if (draft !== undefined) findings.push(draft);
      }
    }
    return { kind: 'evaluated', findings };
  },
}; // prettier-ignore
