import { Toolbar } from 'radix-ui';
import { useMemo, useState } from 'react';
import { forgetValue, includeValue, valueStates } from '#shared/query/alternatives.ts';
import { addClause, toClause } from '#shared/query/edit.ts';
import { useEngineQuery } from '../query/use-engine-query.ts';
import { useSettled } from '../query/use-settled.ts';
import { setPrefs, usePrefs } from '../state/prefs.ts';
import { ErrorPanel } from '../widgets/error-panel.tsx';
import { FacetGroup } from '../widgets/facet-group.tsx';
import { facetFields, type FacetField } from './facet-fields.ts';
import type { Filter } from './use-filter.ts';

/** Values listed of one field; the search finds the others. */
const LISTED = 12;

interface Search {
  readonly field: string;
  readonly text: string;
}

interface FacetsProps {
  readonly filter: Filter;
  /** False while the first rows are on their way: the counts come after them. */
  readonly ready: boolean;
}

/** The fields of the calls that fit, with the most frequent values of those that are open. */
export function Facets({ filter, ready }: FacetsProps) {
  const opened = usePrefs((prefs) => prefs.facets);
  const [wanted, setWanted] = useState('');
  const [search, setSearch] = useState<Search | undefined>(undefined);
  const searched = useSettled(search);
  const stateOf = useMemo(() => valueStates(filter.good), [filter.good]);
  const isOpen = ({ field, usual }: FacetField): boolean => opened[field] ?? usual === true;
  const fields = useMemo(() => facetFields.filter((each) => opened[each.field] ?? each.usual === true).map((each) => each.field), [opened]);
  const facets = useEngineQuery(
    'calls.facets',
    {
      query: filter.good,
      fields,
      top: LISTED,
      ...(searched === undefined ? {} : { within: { field: searched.field, contains: searched.text } }),
    },
    { enabled: ready && fields.length > 0 },
  );
  const shown = facetFields.filter(({ title, field }) => `${title} ${field}`.toLowerCase().includes(wanted.trim().toLowerCase()));
  return (
    <section className="facets" aria-label="Fields" aria-busy={facets.loading || facets.stale}>
      <div className="facets-head">
        <input
          type="search"
          aria-label="Find a field"
          placeholder="Find a field"
          value={wanted}
          onChange={(event) => {
            setWanted(event.target.value);
          }}
        />
      </div>
      {facets.error === undefined ? null : (
        <ErrorPanel error={facets.error} title="The values could not be counted" onRetry={facets.reload} />
      )}
      <Toolbar.Root className="facets-body" orientation="vertical" loop={false} aria-label="Fields and their values">
        {shown.map((each) => {
          const counted = facets.data?.find((facet) => facet.field === each.field);
          return (
            <FacetGroup
              key={each.field}
              title={each.title}
              open={isOpen(each)}
              onOpen={(open) => {
                setPrefs({ facets: { ...opened, [each.field]: open } });
              }}
              values={counted?.values.map(({ value, calls }) => ({ value, calls, state: stateOf(each.field, value) }))}
              distinct={counted?.distinct}
              without={counted?.without}
              find={search?.field === each.field ? search.text : ''}
              onFind={(text) => {
                setSearch(text === '' ? undefined : { field: each.field, text });
              }}
              onInclude={(value) => {
                filter.apply(includeValue(filter.good, each.field, value));
              }}
              onExclude={(value) => {
                filter.apply(addClause(filter.good, toClause(each.field, value, true)));
              }}
              onForget={(value) => {
                filter.apply(forgetValue(filter.good, each.field, value));
              }}
              stale={facets.stale}
            />
          );
        })}
        {shown.length === 0 ? <p className="faint facet-note">No field is called that.</p> : null}
      </Toolbar.Root>
    </section>
  );
}
