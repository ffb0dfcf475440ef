/** Most suggestions that are worth reading. */
const MAX_SUGGESTIONS = 3;

/** The names nearest to a mistyped one: those that begin with it or are at most two edits away, best first. */
export function closest(name: string, names: readonly string[]): readonly string[] {
  const wanted = name.toLowerCase();
  // Two edits turn any two-letter word into any other, so a short name allows only one.
  const most = wanted.length > 3 ? 2 : 1;
  return (
    names
      // Each character more or less is an edit, so most names need no comparing.
      .filter((candidate) => candidate.length - wanted.length <= most || candidate.toLowerCase().startsWith(wanted))
      .filter((candidate) => wanted.length - candidate.length <= most)
      .map((candidate) => ({ candidate, distance: distanceOf(wanted, candidate.toLowerCase()) }))
      .filter(({ distance }) => distance <= most)
      .sort((a, b) => a.distance - b.distance)
      .slice(0, MAX_SUGGESTIONS)
      .map(({ candidate }) => candidate)
  );
}

function distanceOf(a: string, b: string): number {
  if (a.length >= 2 && b.startsWith(a)) return 0.5;
  return editDistance(a, b);
}

/**
 * Edits that turn one word into the other; two neighbours swapped count as one.
 * Source: optimal string alignment distance (Damerau, restricted). Example: `statsu` to `status` is 1.
 */
export function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= a.length; i += 1) {
    const above = rows[i - 1] ?? [];
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1;
      let best = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a.charAt(i - 1) === b.charAt(j - 2) && a.charAt(i - 2) === b.charAt(j - 1))
        best = Math.min(best, (rows[i - 2]?.[j - 2] ?? 0) + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}
