/** What the order needs of an entry. */
export interface Orderable {
  readonly id: string;
  readonly score: number;
  /** Ids of entries that must go first. */
  readonly after: readonly string[];
}

/** The score of an entry or, when higher, of one that has to wait for it. A circle of ties ends where it began. */
function urgencies(entries: readonly Orderable[]): ReadonlyMap<string, number> {
  const urgency = new Map(entries.map(({ id, score }) => [id, score]));
  // Highest first: what it raises needs no second look, since nothing later is higher.
  for (const { id, score } of [...entries].sort((a, b) => b.score - a.score)) {
    // A set that grows while it is walked: each ancestor is come to once.
    const waiting = new Set([id]);
    for (const next of waiting) {
      for (const parent of entries.find((entry) => entry.id === next)?.after ?? []) {
        const known = urgency.get(parent);
        if (known === undefined) continue;
        waiting.add(parent);
        urgency.set(parent, Math.max(known, score));
      }
    }
  }
  return urgency;
}

/**
 * Puts the most urgent first, but nothing before what it can be made again from: a refresh token goes before its access token, the
 * subject's token before the exchanged one. Equal urgency: own score, then the id as given.
 * Shape:  every entry once.
 * Cost:   entries squared; a plan has some hundred at most.
 * Example: access token 90 after refresh token 20, another key 50: refresh token, access token, key.
 */
export function orderByTies<Entry extends Orderable>(entries: readonly Entry[]): readonly Entry[] {
  const urgency = urgencies(entries);
  const waiting = [...entries].sort(
    (a, b) => (urgency.get(b.id) ?? 0) - (urgency.get(a.id) ?? 0) || b.score - a.score || (a.id < b.id ? -1 : 1),
  );
  const ordered: Entry[] = [];
  while (waiting.length > 0) {
    const open = new Set(waiting.map(({ id }) => id));
    const free = waiting.findIndex(({ id, after }) => after.every((parent) => parent === id || !open.has(parent)));
    // In a circle nobody is free: the most urgent begins.
    ordered.push(...waiting.splice(Math.max(0, free), 1));
  }
  return ordered;
}
