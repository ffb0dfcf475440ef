import type { LoneSecret } from '../intake/masking/lone-secret.ts';

/** Secrets of one kind that are looked for; a log with a token of its own in every line has no few that somebody would repeat. */
export const MOST_KNOWN = 50_000;

/** Keys and passwords, and tokens of sessions: there are few of the one, and of the other as many as calls. */
type Kind = 'chosen' | 'session';
const kindOf = ({ type }: LoneSecret): Kind => (type === 'session-token' ? 'session' : 'chosen');

/** What an import learns of secrets that only their names gave away. Lifetime: one reader, or one import. */
export interface KnownSecrets {
  add(secret: LoneSecret): void;
  /** Those added first since the last time. Past `MOST_KNOWN` of a kind they are no longer gathered: none of that kind is looked for. */
  take(): readonly LoneSecret[];
  /** All of the kinds that stayed below `MOST_KNOWN`, whatever the order in which parts of the evidence were read. */
  all(): { readonly secrets: readonly LoneSecret[]; readonly tooMany: boolean };
}

/** Gathers secrets by their text; the same text under two types is the one whose type comes first in the alphabet. */
export function knownSecrets(): KnownSecrets {
  const known: Readonly<Record<Kind, Map<string, LoneSecret>>> = { chosen: new Map(), session: new Map() };
  let fresh: LoneSecret[] = [];
  return {
    add(secret) {
      const map = known[kindOf(secret)];
      const before = map.get(secret.text);
      if ((before !== undefined && before.type <= secret.type) || map.size > MOST_KNOWN) return;
      map.set(secret.text, secret);
      fresh.push(secret);
    },
    take() {
      const taken = fresh;
      fresh = [];
      return taken;
    },
    all() {
      const kept = [known.chosen, known.session].filter(({ size }) => size <= MOST_KNOWN);
      const byText = new Map<string, LoneSecret>();
      for (const map of kept) for (const [text, secret] of map) if (!byText.has(text)) byText.set(text, secret);
      return { secrets: [...byText.values()], tooMany: kept.length < 2 };
    },
  };
}
