import { Toolbar } from 'radix-ui';
import { useMemo, useState } from 'react';
import type { EndpointRow } from '#shared/contract/inventory.ts';
import { setPrefs, usePrefs } from '../../state/prefs.ts';
import { FacetGroup } from '../../widgets/query/facet-group.tsx';
import { countValues, endpointFields, stateOf, withCondition, type EndpointField, type EndpointFilter } from './filter.ts';

/** Values listed of one field; the search finds the others. */
const LISTED = 12;

interface EndpointFacetsProps {
  readonly rows: readonly EndpointRow[];
  readonly filter: EndpointFilter;
  readonly text: string;
  readonly onText: (text: string) => void;
}

/** The fields of the endpoints with their values and counts: a click includes a value, minus excludes it. */
export function EndpointFacets(props: EndpointFacetsProps) {
  return (
    <section className="facets" aria-label="Fields of endpoints">
      <Toolbar.Root className="facets-body" orientation="vertical" loop={false} aria-label="Fields of endpoints and their values">
        {endpointFields.map((field) => (
          <Field key={field.id} {...props} field={field} />
        ))}
      </Toolbar.Root>
    </section>
  );
}

function Field({ rows, filter, text, onText, field }: EndpointFacetsProps & { readonly field: EndpointField }) {
  const name = `endpoint-${field.id}`;
  const opened = usePrefs((prefs) => prefs.facets);
  const open = opened[name] ?? field.usual === true;
  const [find, setFind] = useState('');
  const counts = useMemo(() => (open ? countValues(rows, filter, field) : []), [open, rows, filter, field]);
  const wanted = find.trim().toLowerCase();
  const listed = counts.filter(({ value }) => value.toLowerCase().includes(wanted));
  const said = listed.filter(({ value }) => stateOf(filter, field.id, value) !== 'open');
  const shown = new Set([...said, ...listed.slice(0, LISTED)]);
  const put = (value: string, not: boolean, on: boolean): void => {
    onText(withCondition(text, { field: field.id, value, not }, on));
  };
  return (
    <FacetGroup
      title={field.title}
      noun="endpoints"
      open={open}
      onOpen={(next) => {
        setPrefs({ facets: { ...opened, [name]: next } });
      }}
      values={listed
        .filter((each) => shown.has(each))
        .map(({ value, count }) => ({ value, label: field.wordOf?.(value), calls: count, state: stateOf(filter, field.id, value) }))}
      distinct={counts.length}
      without={undefined}
      find={find}
      onFind={setFind}
      onInclude={(value) => {
        put(value, false, true);
      }}
      onExclude={(value) => {
        put(value, true, true);
      }}
      onForget={(value) => {
        put(value, false, false);
      }}
      stale={false}
    />
  );
}
