import { useMemo } from 'react';
import { isolateClause, listClauses, moveClause, negateClause, removeClause, replaceClause } from '#shared/query/clauses.ts';
import { addClause } from '#shared/query/edit.ts';
import { parseQuery } from '#shared/query/parse.ts';
import { goTo, usePlace } from '../state/selection.ts';
import type { Chip, ChipActions } from '../widgets/query/chip.ts';
import { Chips } from '../widgets/query/chips.tsx';
import { parseOff, printOff } from '../state/off-conditions.ts';
import { parsePins } from './pinned.ts';
import type { Filter } from './use-filter.ts';

/** Where the conditions of a query are kept: pinned ones and those switched off stand beside the query in the link. */
interface Conditions {
  readonly query: string;
  readonly pins: readonly string[];
  readonly off: readonly string[];
}

type Kept = 'pins' | 'query' | 'off';

const keep = ({ query, pins, off }: Conditions): void => {
  goTo({ query, pin: printOff(pins), off: printOff(off) });
};

const without = (texts: readonly string[], at: number): readonly string[] => texts.filter((_, index) => index !== at);

/** Takes a condition out of where it is kept. */
function takeOut(all: Conditions, where: Kept, at: number): Conditions {
  return where === 'query' ? { ...all, query: removeClause(all.query, at) } : { ...all, [where]: without(all[where], at) };
}

/** The query's conditions as chips: pinned ones first, those that are switched off last. */
export function FilterChips({ filter }: { readonly filter: Filter }) {
  const { own } = filter;
  const [offText, pinText] = [usePlace('off'), usePlace('pin')];
  const all = useMemo((): Conditions => ({ query: own, pins: parsePins(pinText), off: parseOff(offText) }), [own, pinText, offText]);
  const chips = useMemo(
    (): readonly Chip[] => [
      ...all.pins.map((text) => toChip(text, true, true)),
      ...listClauses(all.query).map(({ text }) => toChip(text, true, false)),
      ...all.off.map((text) => toChip(text, false, false)),
    ],
    [all],
  );
  if (chips.length === 0) return null;
  return (
    <Chips
      label="Conditions"
      chips={chips}
      {...actionsOn(all, chips, filter)}
      onEmptied={() => {
        document.querySelector<HTMLElement>('[data-query-input]')?.focus();
      }}
    />
  );
}

function actionsOn(all: Conditions, chips: readonly Chip[], filter: Filter): ChipActions {
  const count = chips.filter(({ on }) => on).length;
  const placeOf = (index: number): readonly [where: Kept, at: number, text: string] => {
    const text = chips[index]?.text ?? '';
    if (index < all.pins.length) return ['pins', index, text];
    return index < count ? ['query', index - all.pins.length, text] : ['off', index - count, text];
  };
  const onEdit = (index: number, text: string): string | undefined => {
    const parsed = parseQuery(text);
    if (!parsed.ok) return parsed.error.message;
    const [where, at] = placeOf(index);
    if (text === '') keep(takeOut(all, where, at));
    else if (where === 'query') keep({ ...all, query: replaceClause(all.query, at, text) });
    else keep({ ...all, [where]: all[where].map((old, position) => (position === at ? text : old)) });
    return undefined;
  };
  return {
    onToggle: (index) => {
      const [where, at, text] = placeOf(index);
      const rest = takeOut(all, where, at);
      keep(where === 'off' ? { ...rest, query: addClause(rest.query, text) } : { ...rest, off: [...rest.off, text] });
    },
    onPin: (index) => {
      const [where, at, text] = placeOf(index);
      const rest = takeOut(all, where, at);
      keep(where === 'pins' ? { ...rest, query: addClause(rest.query, text) } : { ...rest, pins: [...rest.pins, text] });
    },
    onNegate: (index) => {
      const [where, at, text] = placeOf(index);
      if (where === 'query') filter.apply(negateClause(all.query, at));
      else onEdit(index, negateClause(text, 0));
    },
    onRemove: (index) => {
      const [where, at] = placeOf(index);
      keep(takeOut(all, where, at));
    },
    onOnly: (index) => {
      const [where, at, text] = placeOf(index);
      if (where === 'query') keep({ ...all, pins: [], query: isolateClause(all.query, at) });
      else if (where === 'pins') keep({ ...all, pins: [text], query: '' });
      else keep({ query: text, pins: [], off: without(all.off, at) });
    },
    onMove: (from, to) => {
      const [[where, at], [there, target]] = [placeOf(from), placeOf(to)];
      if (where === 'query' && there === 'query') filter.apply(moveClause(all.query, at, target));
    },
    onEdit,
  };
}

function toChip(text: string, on: boolean, pinned: boolean): Chip {
  const [clause] = listClauses(text);
  const negated = clause?.negated === true;
  // A chip writes its "not" apart from the rest.
  const label = clause?.label ?? text;
  return { text, label: negated ? label.replace(/^not /, '') : label, negated, on, pinned };
}
