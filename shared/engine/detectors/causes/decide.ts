import type { CauseSignJson, RootCauseJson, RootCauseKind } from '../../../model/root-cause.ts';

type Cause = CauseSignJson['cause'];

const STRENGTH = { proof: 2, strong: 1, weak: 0 } as const;

const strongest = (signs: readonly CauseSignJson[], cause: Cause): number =>
  signs.reduce((best, sign) => (sign.cause === cause && sign.speaks === 'for' ? Math.max(best, STRENGTH[sign.strength]) : best), -1);

/** What decides, from the root outwards: a thief and an agent led astray also use rights that were too wide, never the other way round. */
function kindOf(signs: readonly CauseSignJson[]): RootCauseKind {
  const [stolen, misled, wide] = [strongest(signs, 'stolen'), strongest(signs, 'misled'), strongest(signs, 'over-privileged')];
  if (stolen >= 1 && misled === stolen) return 'undecided';
  if (Math.max(stolen, misled) >= 1) return stolen > misled ? 'stolen' : 'misled';
  return wide >= 1 ? 'over-privileged' : 'undecided';
}

function whyOf(kind: RootCauseKind, signs: readonly CauseSignJson[], byNetwork: boolean): string {
  if (kind !== 'undecided') {
    const decisive = signs.find((sign) => sign.cause === kind && sign.speaks === 'for');
    const home = kind === 'stolen' ? undefined : signs.find((sign) => sign.cause === 'stolen' && sign.speaks === 'against');
    const sentences = [decisive?.text ?? '', ...(home === undefined ? [] : [home.text])];
    return `${sentences.map((text) => text.charAt(0).toUpperCase() + text.slice(1)).join('. ')}.`;
  }
  if (strongest(signs, 'stolen') >= 1) return 'Evidence of a stolen credential and of a text that led its holder astray weigh the same.';
  if (byNetwork) return 'The principals are told by their network alone: no credential says whose right was used.';
  return signs.some(({ speaks }) => speaks === 'for')
    ? 'What points to a cause is too weak to decide.'
    : 'No finding of this story shows a credential in other hands, a text that gave orders, or a right that was too wide.';
}

/** Those of the cause that was decided first, then what speaks for others, then against; the strongest first. */
const inOrder = (kind: RootCauseKind, signs: readonly CauseSignJson[]): readonly CauseSignJson[] => {
  const rank = ({ cause, speaks, strength }: CauseSignJson): number =>
    (speaks === 'for' ? 0 : 10) + (cause === kind ? 0 : 5) - STRENGTH[strength];
  return signs.toSorted((a, b) => rank(a) - rank(b));
};

/**
 * Names the root cause of one incident story: stolen, over-privileged or misled, or that the evidence does not decide.
 * `byNetwork`: no caller of it is told by more than its network.
 * Example: a token in two places and an unlisted function used give *stolen*: the thief came first, the right was what he found.
 */
export function decideCause(signs: readonly CauseSignJson[], byNetwork: boolean): RootCauseJson {
  const kind = kindOf(signs);
  const ordered = inOrder(kind, signs);
  return { kind, why: whyOf(kind, ordered, byNetwork), signs: ordered };
}
