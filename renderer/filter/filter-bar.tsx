import './filter-bar.css';
import type { ReactNode } from 'react';
import { listClauses } from '#shared/query/clauses.ts';
import { useRememberedQuery } from '../query/use-query-history.ts';
import { useQueryValues } from '../query/use-query-values.ts';
import { useCommands } from '../state/commands.ts';
import { goTo } from '../state/selection.ts';
import { QueryBar } from '../widgets/query/query-bar.tsx';
import { QueryHelp } from '../widgets/query/query-help.tsx';
import { FilterChips } from './filter-chips.tsx';
import { printOff } from '../state/off-conditions.ts';
import type { Filter } from './use-filter.ts';

interface FilterBarProps {
  readonly filter: Filter;
  /** Names the bar for those who cannot see what stands below it. */
  readonly label: string;
  readonly placeholder: string;
  /** How many fit, in words. */
  readonly count: string;
  /** Buttons at the end of the bar. */
  readonly children?: ReactNode;
}

/** From the query to what it found, without a stop at every field on the way. */
const goToRows = (): void => {
  document.querySelector<HTMLElement>('main [role="grid"], main [role="treegrid"]')?.focus();
};

/** The query as text and as chips, which are two views of the same thing. */
export function FilterBar({ filter, label, placeholder, count, children }: FilterBarProps) {
  const [values, onCompletion] = useQueryValues();
  const history = useRememberedQuery(filter.good);
  // What stands below still answers the query before it.
  const isUnread = filter.text !== filter.own;
  useCommands([
    {
      id: 'pin-query',
      title: 'Pin the conditions of the query',
      group: 'Query',
      enabled: listClauses(filter.own).length > 0,
      reason: 'Write a query first',
      run: () => {
        goTo({ query: '', pin: printOff([...filter.pins, ...listClauses(filter.own).map(({ text }) => text)]) });
      },
    },
    {
      id: 'unpin-query',
      title: 'Unpin all conditions',
      group: 'Query',
      enabled: filter.pins.length > 0,
      reason: 'Nothing is pinned',
      run: () => {
        goTo({ query: filter.good, pin: undefined });
      },
    },
  ]);
  return (
    <>
      <div className="filter-bar">
        <QueryBar
          text={filter.text}
          onApply={filter.apply}
          onCompletion={onCompletion}
          values={values}
          onLeave={goToRows}
          history={history}
          label={label}
          placeholder={placeholder}
        />
        <QueryHelp />
        <span className="filter-count" role="status">
          {isUnread ? `last query that could be read: ${count}` : count}
        </span>
        {children}
      </div>
      <FilterChips filter={filter} />
    </>
  );
}
