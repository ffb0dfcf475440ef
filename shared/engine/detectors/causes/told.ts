import type { CauseFinding, CauseSign } from './sign.ts';

type Facts = CauseFinding['observed'];
type Teller = (facts: Facts) => CauseSign | undefined;

const numberOf = (facts: Facts, name: string): number => (typeof facts[name] === 'number' ? facts[name] : 0);
const sizeOf = (facts: Facts, name: string): number => (Array.isArray(facts[name]) ? facts[name].length : 0);

const sign = (cause: CauseSign['cause'], strength: CauseSign['strength'], text: string): CauseSign => ({
  cause,
  speaks: 'for',
  strength,
  text,
});
const always =
  (cause: CauseSign['cause'], strength: CauseSign['strength'], text: string): Teller =>
  () =>
    sign(cause, strength, text);
/** Strong where a fact is more than nothing; else nothing is told. */
const where =
  (fact: string, cause: CauseSign['cause'], text: string): Teller =>
  (facts) =>
    numberOf(facts, fact) > 0 ? sign(cause, 'strong', text) : undefined;

/** The text that an agent read before it sent data away. The words are those of the detector's fact. */
const sentAway: Teller = (facts) => {
  const { untrustedInput } = facts;
  if (untrustedInput === 'names the receiver')
    return sign('misled', 'proof', 'a text from outside that it had read names the very receiver of what it sent');
  if (untrustedInput === 'gives orders')
    return sign('misled', 'strong', 'it had read a text from outside that gives orders before it sent data away');
  return numberOf(facts, 'provenValues') > 0
    ? sign('over-privileged', 'strong', 'it read sensitive data and sent that very data outside, and no text that it had read told it to')
    : sign('over-privileged', 'weak', 'it read sensitive data and then sent something outside');
};

const obeyed: Teller = (facts) => {
  const proven = numberOf(facts, 'provenCalls');
  if (proven > 0) return sign('misled', 'proof', 'it read a text that gives orders, and then sent what only that text names');
  return numberOf(facts, 'callsAfter') > 0
    ? sign('misled', 'weak', 'it read a text that gives orders shortly before, but nothing of the text stands in a call')
    : undefined;
};

/** A tool that came to ask for more, and calls of it since; the strongest where what another tool had answered went into them. */
const changedTool: Teller = (facts) => {
  if (numberOf(facts, 'provenCalls') > 0 && sizeOf(facts, 'changedParts') > 0)
    return sign('misled', 'proof', 'the definition of a tool was changed, and calls then took what other tools had answered to its server');
  return numberOf(facts, 'callsAfter') > 0 && sizeOf(facts, 'gains') > 0
    ? sign('misled', 'strong', 'a tool’s definition gained orders or parameters, and was called after that')
    : undefined;
};

/** What the finding of a detector says about the cause. Detectors that say what was done, not why it could be, are not here. */
const TELLERS: ReadonlyMap<string, Teller> = new Map(Object.entries({
  'token-replay-context': always('stolen', 'strong', 'one credential was used in two places in turn, as by its owner and a thief'),
  'impossible-switch': always('stolen', 'strong', 'one credential turned up with another place, program or network than its holder’s'),
  'two-sided-mismatch': (facts) =>
    numberOf(facts, 'onlyInLog') > 0 ? sign('stolen', 'strong', 'the recorded client did not make calls that its credential made') : undefined,
  'dormant-credential-woken': (facts) =>
    sizeOf(facts, 'newNetworks') > 0
      ? sign('stolen', 'strong', 'a credential that had long been silent was used from a network it had never been used from')
      : sign('stolen', 'weak', 'a credential that had long been silent was used again, from a network it had been used from'),
  'secret-exposure': (facts) =>
    numberOf(facts, 'laterUsesFromNewContexts') + numberOf(facts, 'usesElsewhere') > 0
      ? sign('stolen', 'strong', 'the credential stood where others read it, and was then used from somewhere else')
      : undefined,
  'auth-failure-burst': where('accepted', 'stolen', 'passwords were tried until some were accepted'),
  'api-key-many-networks': always('stolen', 'strong', 'one key was suddenly used from many networks'),
  'rotation-and-refresh-reuse': (facts) =>
    numberOf(facts, 'places') > 1 ? sign('stolen', 'strong', 'a refresh token was redeemed more than once, from different places') : undefined,
  'state-handle-hijack': always('stolen', 'strong', 'a handle made for one principal was used by another'),
  'injection-then-action': obeyed,
  'sensitive-read-to-external-write': sentAway,
  'mcp-tool-poisoning': where('callsAfterIt', 'misled', 'a tool’s description gives orders to models, and calls were made under it'),
  'mcp-tool-rugpull': changedTool,
  'bfla-privileged-function': where('succeeded', 'over-privileged', 'functions that only principals of other work use were open to it'),
  'bola-exclusivity-break': where('objectsOfOthers', 'over-privileged', 'objects that only others use were open to it'),
  'bola-ownership-mismatch': where('answered', 'over-privileged', 'objects of other owners than its token names were open to it'),
  'bola-enumeration': where('successes', 'over-privileged', 'objects that it was never given were open to it by their numbers'),
  'mass-assignment': where('reflectedCalls', 'over-privileged', 'fields that are not its to set were open to it'),
  'delegation-chain-anomaly': always('over-privileged', 'strong', 'a program acted for people who had not asked it to, or with more than they gave it'),
  'privilege-change-then-use': always('over-privileged', 'strong', 'it could give itself power'),
  // That more was granted than used does not say that what was done needed the rest.
  'scope-overgrant': always('over-privileged', 'weak', 'its credential opens endpoints that its work never needed'),
  'human-token-agent-use': always('over-privileged', 'weak', 'a program acted with all the rights of a person'),
} satisfies Record<string, Teller>)); // prettier-ignore

/** What one finding says about the cause of its story; `undefined` where it says nothing. */
export const toldBy = ({ detector, observed }: Pick<CauseFinding, 'detector' | 'observed'>): CauseSign | undefined =>
  TELLERS.get(detector)?.(observed);
