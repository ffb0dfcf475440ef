import { useMemo } from 'react';
import { isolateClause, listClauses, moveClause, negateClause, removeClause, replaceClause } from '#shared/query/clauses.ts';
import { addClause } from '#shared/query/edit.ts';
import { parseQuery } from '#shared/query/parse.ts';
import { goTo, usePlace } from '../state/selection.ts';
import type { Chip } from '../widgets/chip.ts';
import { Chips } from '../widgets/chips.tsx';
import { parseOff, printOff } from './off-conditions.ts';
import type { Filter } from './use-filter.ts';

/** The query's conditions as chips; those that are switched off stand behind the others and in the link. */
export function FilterChips({ filter }: { readonly filter: Filter }) {
  const { good, apply } = filter;
  const off = usePlace('off');
  const on = useMemo(() => listClauses(good), [good]);
  const chips = useMemo(
    (): readonly Chip[] => [
      ...on.map(({ text, label, negated }) => ({ text, label: plainLabel(label, negated), negated, on: true })),
      ...parseOff(off).map(offChip),
    ],
    [on, off],
  );
  if (chips.length === 0) return null;
  const keepOff = (texts: readonly string[], query: string): void => {
    goTo({ query, off: printOff(texts) });
  };
  const others = (index: number): readonly string[] => parseOff(off).filter((_, position) => position !== index - on.length);
  return (
    <Chips
      label="Conditions"
      chips={chips}
      onToggle={(index) => {
        const text = chips[index]?.text ?? '';
        if (index < on.length) keepOff([...parseOff(off), text], removeClause(good, index));
        else keepOff(others(index), addClause(good, text));
      }}
      onNegate={(index) => {
        apply(negateClause(good, index));
      }}
      onRemove={(index) => {
        if (index < on.length) apply(removeClause(good, index));
        else keepOff(others(index), good);
      }}
      onOnly={(index) => {
        if (index < on.length) apply(isolateClause(good, index));
        else keepOff(others(index), chips[index]?.text ?? '');
      }}
      onEmptied={() => {
        document.querySelector<HTMLElement>('[data-query-input]')?.focus();
      }}
      onMove={(from, to) => {
        if (from < on.length && to < on.length) apply(moveClause(good, from, to));
      }}
      onEdit={(index, text) => {
        const parsed = parseQuery(text);
        if (!parsed.ok) return parsed.error.message;
        if (index < on.length) apply(text === '' ? removeClause(good, index) : replaceClause(good, index, text));
        else keepOff(text === '' ? others(index) : [...others(index), text], good);
        return undefined;
      }}
    />
  );
}

/** A chip writes its "not" apart from the rest. */
const plainLabel = (label: string, negated: boolean): string => (negated ? label.replace(/^not /, '') : label);

function offChip(text: string): Chip {
  const [clause] = listClauses(text);
  return { text, label: plainLabel(clause?.label ?? text, clause?.negated === true), negated: clause?.negated ?? false, on: false };
}
