import { registrableDomain } from '../../../lib/domains.ts';
import { PSEUDONYM_WORDS } from './case-name.ts';

/** Shorter labels (`ab.com`) stand in other words by chance. Units: letters. */
const MIN_LENGTH = 3;
/** Labels that name no owner, and words that pseudonyms and marks of ours begin with. */
const NOBODY = new Set([
  ...Object.values(PSEUDONYM_WORDS),
  ...'company svc cluster local localhost internal intranet corp home lan example invalid cloud amazonaws googleapis azure windows gateway withheld'.split(
    ' ',
  ),
]);

/** Services that many companies log in at: the owner of such a host is the label before theirs, `acme` of `acme.okta.com`. */
const IDENTITY_PROVIDERS = new Set('okta oktapreview auth0 onelogin pingidentity pingone jumpcloud zitadel'.split(' '));

/** Letters, digits and joints, a letter among them: evidence may hold anything as a host, and what is no label names nobody. */
const LABEL = /^(?=.*\p{L})[\p{L}\p{N}_-]+$/u;

/** The part of a domain that names its owner: `quillforge` of `api.quillforge.test`. */
function ownerLabel(host: string): string | undefined {
  const bare = host.replace(/:\d+$/, '');
  const domain = registrableDomain(bare);
  if (!domain.includes('.') || !/\p{L}/u.test(domain) || domain.includes(':')) return undefined;
  const owner = domain.slice(0, domain.indexOf('.'));
  const label = IDENTITY_PROVIDERS.has(owner)
    ? (bare
        .slice(0, -domain.length - 1)
        .split('.')
        .at(-1) ?? '')
    : owner;
  return label.length < MIN_LENGTH || NOBODY.has(label) || !LABEL.test(label) ? undefined : label;
}

/** Shorter first parts stand before a dash by chance: `data-lake`. Units: letters. */
const MIN_FIRST_PART = 6;

/** The first part of a label of several, `acmeco` of `acmeco-freight`: companies call themselves by it in names of buckets, folders and tenants. */
const firstPart = (label: string): string | undefined => {
  const [part = '', ...others] = label.split(/[-_]/);
  return others.length > 0 && part.length >= MIN_FIRST_PART && !NOBODY.has(part) && /\p{L}/u.test(part) ? part : undefined;
};

/**
 * First parts of the labels of owners that begin other names of the case as well; alone they may be any word.
 * Shape: `names` are paths and hosts of the case. Cost: a look at each segment of them.
 */
export function shortCompanyWords(labels: readonly string[], names: readonly string[]): readonly string[] {
  const parts = new Set(labels.flatMap((label) => firstPart(label) ?? []));
  if (parts.size === 0) return [];
  const whole = new Set(labels);
  const used = new Set<string>();
  for (const name of names)
    for (const segment of name.toLowerCase().split(/[/.:@{}]/)) {
      const [start = ''] = segment.split(/[-_]/);
      if (parts.has(start) && !whole.has(segment)) used.add(start);
    }
  return [...parts].filter((part) => used.has(part));
}

/**
 * The words by which the owners of hosts are known, each once, in the order of the hosts. Lower case, `-` between parts.
 * Shape: words that stand in any API (`orders`, `billing`) are for the caller to leave out: taken for a company, they would leave no sentence whole.
 */
export const companyWords = (hosts: readonly string[]): readonly string[] => [...new Set(hosts.flatMap((host) => ownerLabel(host) ?? []))];
