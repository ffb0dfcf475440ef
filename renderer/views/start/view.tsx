import './view.css';
import { useSession } from '../../state/session.ts';
import { DropZone } from './drop-zone.tsx';
import { ImportFailure } from './import-failure.tsx';
import { RecentCases } from './recent-cases.tsx';

/** Start: two ways in (drop or choose files, or the sample), and the cases that are there. */
export function StartView() {
  const importing = useSession((state) => state.importing);
  return (
    <div className="view">
      <div className="view-scroll">
        <div className="start">
          {importing?.kind === 'running' ? null : <DropZone />}
          {importing?.kind === 'failed' || importing?.kind === 'partial' ? <ImportFailure run={importing} /> : null}
          <RecentCases />
        </div>
      </div>
    </div>
  );
}
