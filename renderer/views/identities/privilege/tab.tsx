import './privilege.css';
import { useEngineQuery } from '../../../query/use-engine-query.ts';
import { usePaneSize } from '../../../state/prefs.ts';
import { usePlace } from '../../../state/selection.ts';
import { useWide } from '../../../state/use-wide.ts';
import { Answer } from '../../../widgets/answer.tsx';
import { SplitPane } from '../../../widgets/split-pane.tsx';
import { NoPolicies } from './no-policies.tsx';
import { PrivilegeCard } from './privilege-card.tsx';
import { PrivilegeTable } from './privilege-table.tsx';

/** A narrower window shows the chosen caller below the table. Units: CSS px. */
const BESIDE_FROM = 1100;

/** Least privilege: for every agent and service, what it may do, what it does, and what less power would have stopped and broken. */
export function PrivilegeTab() {
  const list = useEngineQuery('privilege.list', {});
  const asked = usePlace('principal');
  const beside = useWide(BESIDE_FROM);
  const [width, setWidth] = usePaneSize('privilege-card', 560);
  const [height, setHeight] = usePaneSize('privilege-card-height', 420);
  return (
    <Answer query={list} what="the policies" lines={12}>
      {(rows) => {
        if (rows.length === 0) return <NoPolicies />;
        const chosen = rows.find(({ principal }) => principal === asked) ?? rows[0];
        return (
          <SplitPane
            key={beside ? 'beside' : 'below'}
            direction={beside ? 'row' : 'column'}
            sized="second"
            size={beside ? width : height}
            min={beside ? 360 : 200}
            onSize={beside ? setWidth : setHeight}
            label={beside ? 'Width of the policy' : 'Height of the policy'}
            first={<PrivilegeTable rows={rows} chosen={chosen?.principal} stale={list.stale} />}
            second={chosen === undefined ? undefined : <PrivilegeCard key={chosen.principal} principal={chosen.principal} />}
          />
        );
      }}
    </Answer>
  );
}
