import './view.css';
import { useSession } from '../../state/session.ts';
import { DropZone } from './drop-zone.tsx';
import { ImportFailure } from './import-failure.tsx';
import { ImportPanel } from './import-panel.tsx';
import { RecentCases } from './recent-cases.tsx';

/** Start: two ways in (drop or choose files, or the sample), and the cases that are there. */
export function StartView() {
  const importing = useSession((state) => state.importing);
  return (
    <div className="view">
      <div className="view-scroll">
        <div className="start">
          {importing?.kind === 'running' ? <ImportPanel run={importing} /> : <DropZone />}
          {importing === undefined || importing.kind === 'running' ? null : <ImportFailure run={importing} />}
          <RecentCases />
        </div>
      </div>
    </div>
  );
}
