import { useEffect, useRef } from 'react';
import type { BaselineDrift } from '#shared/model/baseline-drift.ts';
import { groupDrift } from '#shared/model/drift-groups.ts';
import type { UsualTime } from '../../query/drift-calls.ts';
import { goTo, usePlace } from '../../state/selection.ts';
import { formatPlural } from '../../widgets/format.ts';
import { TabBar } from '../../widgets/tab-bar.tsx';
import { BaselineChanges } from './baseline-changes.tsx';

interface NarrowedChangesProps {
  readonly drift: readonly BaselineDrift[];
  readonly usual: UsualTime;
}

/** What changed against the baseline, all of it or the differences of the sort that the link names. */
export function NarrowedChanges({ drift, usual }: NarrowedChangesProps) {
  const groups = groupDrift(drift);
  const sort = usePlace('filter');
  const shown = groups.find(({ id }) => id === sort);
  const part = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (sort !== undefined) part.current?.scrollIntoView({ block: 'start' });
  }, [sort]);
  return (
    <div ref={part}>
      <BaselineChanges key={shown?.id ?? ''} drift={shown?.rows ?? drift} usual={usual}>
        {groups.length < 2 ? null : (
          <TabBar
            tabs={[
              { id: undefined, title: 'All' },
              ...groups.map(({ id, sign, one, many, rows }) => ({ id, title: `${sign}${formatPlural(rows.length, one, many)}` })),
            ]}
            shown={shown?.id}
            onShow={(id) => {
              goTo({ filter: id });
            }}
          />
        )}
      </BaselineChanges>
    </div>
  );
}
