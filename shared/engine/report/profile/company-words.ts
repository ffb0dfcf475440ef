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

/** Letters, digits and joints, a letter among them: evidence may hold anything as a host, and what is no label names nobody. */
const LABEL = /^(?=.*\p{L})[\p{L}\p{N}_-]+$/u;

/** The part of a domain that names its owner: `quillforge` of `api.quillforge.test`. */
function ownerLabel(host: string): string | undefined {
  const domain = registrableDomain(host.replace(/:\d+$/, ''));
  if (!domain.includes('.') || !/\p{L}/u.test(domain) || domain.includes(':')) return undefined;
  const label = domain.slice(0, domain.indexOf('.'));
  return label.length < MIN_LENGTH || NOBODY.has(label) || !LABEL.test(label) ? undefined : label;
}

/**
 * The words by which the owners of hosts are known, each once, in the order of the hosts. Lower case, `-` between parts.
 * Shape: words that stand in any API (`orders`, `billing`) are for the caller to leave out: taken for a company, they would leave no sentence whole.
 */
export const companyWords = (hosts: readonly string[]): readonly string[] => [...new Set(hosts.flatMap((host) => ownerLabel(host) ?? []))];
