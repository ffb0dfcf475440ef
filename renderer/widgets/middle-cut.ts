/** What a reader takes as the beginning of a part: of a path, a host, a list, a label. */
const BEGINS_A_PART = /[/.\-_:?&=!#·, ]/;
/** A start shorter than this is not worth an ellipsis. Units: characters. */
const SHORTEST_HEAD = 3;

/**
 * Cuts a text into a start that may be elided and an end of about `tail` characters that stays; the end begins where a
 * part begins when there is such a place nearby, and no surrogate pair is torn apart.
 * Example: `/v1/customers/{id}/payment-methods` with 12 gives `/v1/customers/{id}` and `/payment-methods`.
 */
export function cutNearEnd(text: string, tail: number): readonly [head: string, tail: string] {
  const points = [...text];
  const wanted = points.length - tail;
  if (wanted < SHORTEST_HEAD) return ['', text];
  const reach = Math.max(2, Math.floor(tail / 2));
  let cut = wanted;
  for (let away = 0; away <= reach; away += 1) {
    // A longer end before a shorter one: it says more.
    const found = [wanted - away, wanted + away].find((at) => at >= SHORTEST_HEAD && BEGINS_A_PART.test(points[at] ?? ''));
    if (found === undefined) continue;
    cut = found;
    break;
  }
  return [points.slice(0, cut).join(''), points.slice(cut).join('')];
}
