import { applyCompletion, valueInsert, type Completion } from '#shared/query/complete.ts';
import { formatCount } from '../format.ts';

/** One line of the list under the query. */
export interface Offer {
  readonly group: string;
  readonly label: string;
  readonly about: string;
  /** The query after choosing. */
  readonly text: string;
  readonly caret: number;
  /** True when choosing also runs the query. */
  readonly runs: boolean;
}

/** A value of a field, and how often it stands there. */
export interface QueryValue {
  readonly value: string;
  readonly calls: number;
}

/** Most lines offered at once. */
export const MAX_OFFERS = 60;
const MAX_HISTORY = 6;

/** What can be chosen under a query that is being typed: earlier queries while it is empty, fields, or values of the field at the caret. */
export function listOffers(
  draft: string,
  completion: Completion,
  values: readonly QueryValue[] | undefined,
  history: readonly string[],
): readonly Offer[] {
  const earlier =
    draft.trim() === ''
      ? history
          .slice(0, MAX_HISTORY)
          .map((text): Offer => ({ group: 'Recent queries', label: text, about: '', text, caret: text.length, runs: true }))
      : [];
  if (completion.kind === 'none') return earlier;
  if (completion.kind === 'fields') {
    const fields = completion.options.map((option): Offer => ({
      group: 'Fields',
      label: option.label,
      about: option.description,
      ...applyCompletion(draft, completion.from, completion.to, option.insert),
      runs: false,
    }));
    return [...earlier, ...fields].slice(0, MAX_OFFERS);
  }
  const { from, to, field, prefix } = completion;
  const known = completion.choices
    ?.filter((choice) => choice.startsWith(prefix.toLowerCase()))
    .map((value) => ({ value, calls: values?.find((counted) => counted.value === value)?.calls }));
  return (known ?? values ?? []).slice(0, MAX_OFFERS).map(({ value, calls }): Offer => ({
    group: `Values of ${field}`,
    label: value,
    about: calls === undefined ? '' : `${formatCount(calls)} calls`,
    ...applyCompletion(draft, from, to, valueInsert(value)),
    runs: false,
  }));
}
