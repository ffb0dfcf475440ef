import { Toolbar } from 'radix-ui';
import { memo, useMemo, useState } from 'react';
import type { CallPage } from '#shared/contract/rows.ts';
import { useEngineQuery } from '../query/use-engine-query.ts';
import { useSettled } from '../query/use-settled.ts';
import { setPrefs, usePrefs } from '../state/prefs.ts';
import { ErrorPanel } from '../widgets/error-panel.tsx';
import { FacetGroup } from '../widgets/query/facet-group.tsx';
import { formatCount, formatPlural } from '../widgets/format.ts';
import { facetEdits } from './facet-edits.ts';
import { facetFields, flagMeanings, type FacetField } from './facet-fields.ts';
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
  /** There where the query was stopped: of how many calls the counts are. */
  readonly partial: CallPage['partial'];
}

/** The fields of the calls that fit, with the most frequent values of those that are open. Not drawn again while the table beside them scrolls. */
export const Facets = memo(FieldList);

function FieldList({ filter, ready, partial }: FacetsProps) {
  const opened = usePrefs((prefs) => prefs.facets);
  const [wanted, setWanted] = useState('');
  const [search, setSearch] = useState<Search | undefined>(undefined);
  const searched = useSettled(search);
  const edits = useMemo(() => facetEdits(filter.good), [filter.good]);
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
      {partial === undefined ? null : (
        <p className="facet-note severity-medium" role="note">
          Partial: counted in the first {formatCount(partial.read)} of {formatPlural(partial.of, 'call')}.
        </p>
      )}
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
              values={counted?.values.map(({ value, calls }) => ({
                value,
                calls,
                state: edits.stateOf(each.field, value),
                about: each.field === 'flag' ? flagMeanings.get(value) : undefined,
              }))}
              distinct={counted?.distinct}
              without={counted?.without}
              find={search?.field === each.field ? search.text : ''}
              onFind={(text) => {
                setSearch(text === '' ? undefined : { field: each.field, text });
              }}
              onInclude={(value) => {
                filter.apply(edits.include(each.field, value));
              }}
              onExclude={(value) => {
                filter.apply(edits.exclude(each.field, value));
              }}
              onForget={(value) => {
                filter.apply(edits.forget(each.field, value));
              }}
              onWithout={() => {
                filter.apply(edits.without(each.field));
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
