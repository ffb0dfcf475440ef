/** An incident finding of a second look. */
export interface SecondTold {
  readonly id: string;
  readonly detector: string;
  readonly title: string;
  readonly severity: string;
  readonly principals: readonly string[];
  readonly window?: readonly [from: string, to: string];
}

/** What was told when another, earlier part of the evidence was held for usual. */
export interface SecondLook {
  readonly from: string;
  readonly to: string;
  readonly told: readonly SecondTold[];
}

/** As much of a finding as the comparison asks for. */
interface Told extends Pick<SecondTold, 'id' | 'principals' | 'window' | 'severity'> {
  readonly family: string;
}

/** How the findings of the case compare with those of the second look. */
export interface LookCompared {
  /** Incident findings that both tell, and those that the chosen part alone tells. */
  readonly same: number;
  readonly onlyHere: readonly string[];
  /** Of medium severity or worse, told by the other part alone. */
  readonly onlyThere: readonly SecondTold[];
}

const areTogether = (a: Pick<Told, 'window'>, b: Pick<Told, 'window'>): boolean =>
  a.window === undefined || b.window === undefined || (a.window[0] <= b.window[1] && b.window[0] <= a.window[1]);

/** True when two findings tell of the same deed: one and the same, or another rule's on a caller of it at that time. */
const isSame = (a: Pick<Told, 'id' | 'principals' | 'window'>, b: Pick<Told, 'id' | 'principals' | 'window'>): boolean =>
  a.id === b.id || (areTogether(a, b) && a.principals.some((one) => b.principals.includes(one)));

/** True when the second look tells of a finding's deed as well. Shape: `look` of the same case. */
export const isToldTwice = (finding: Pick<Told, 'id' | 'principals' | 'window'>, look: SecondLook): boolean =>
  look.told.some((other) => isSame(finding, other));

const isGrave = ({ severity }: Pick<Told, 'severity'>): boolean => severity !== 'info' && severity !== 'low';

/** Compares the findings of the case with those of a second look; hygiene does not rest on what is usual. */
export function compareLooks(findings: readonly Told[], look: SecondLook): LookCompared {
  const incidents = findings.filter(({ family }) => family === 'incident');
  const [both, here] = [incidents.filter((each) => isToldTwice(each, look)), incidents.filter((each) => !isToldTwice(each, look))];
  return {
    same: both.length,
    onlyHere: here.map(({ id }) => id),
    onlyThere: look.told.filter((other) => isGrave(other) && !incidents.some((each) => isSame(each, other))),
  };
}

const plural = (count: number, one: string): string => `${count.toLocaleString('en-US')} ${one}${count === 1 ? '' : 's'}`;

/** What the comparison means, in sentences. `until`: the end of the other part, as it is shown beside. */
export function lookWords({ same, onlyHere, onlyThere }: LookCompared, until: string): string {
  const total = same + onlyHere.length;
  const stand =
    total === 0
      ? 'no finding of an incident either way'
      : onlyHere.length === 0
        ? (total === 1 ? 'the finding of an incident stands' : `${total === 2 ? 'both findings' : `all ${plural(total, 'finding')}`} of incidents stand`)
        : `${String(same)} of ${plural(total, 'finding')} of incidents ${same === 1 ? 'stands' : 'stand'}, the others depend on the choice`;
  const more = onlyThere.length === 0 ? '' : ` ${plural(onlyThere.length, 'more finding')} of medium severity or worse would be told: ${onlyThere.slice(0, 3).map(({ title }) => title).join('; ')}${onlyThere.length > 3 ? '; …' : ''}.`;
  return `Second look, with what was seen until ${until} as usual: ${stand}.${more}`;
} // prettier-ignore
