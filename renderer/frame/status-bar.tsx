import { useEngineQuery } from '../query/use-engine-query.ts';
import { useSession } from '../state/session.ts';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { formatTime } from '../widgets/format.ts';
import { LastChange } from '../review/last-change.tsx';
import { countsOf } from './case-counts.ts';
import { BackgroundWork } from './tasks/background-work.tsx';

/** The bottom line: case, zone, counts, background work, and that nothing goes out. */
export function StatusBar() {
  const openCase = useSession((state) => state.openCase);
  return (
    <footer className="status-bar">
      {openCase === undefined ? <span>No case open</span> : <CaseCounts file={openCase.file} />}
      <LastChange />
      <BackgroundWork />
      <span title="Spoor never connects to anything; its window may only talk to its own engine on this machine">Network: off</span>
    </footer>
  );
}

function CaseCounts({ file }: { readonly file: string }) {
  const info = useEngineQuery('case.info', {});
  const importing = useSession((state) => (state.importing?.kind === 'running' ? state.importing.log : undefined));
  const counts = countsOf(info.data, importing);
  return (
    <>
      <span className="status-case" title={file}>
        <EvidenceText text={file} />
      </span>
      {counts === undefined ? null : <span className="status-calls">{counts}</span>}
      {info.data === undefined ? null : (
        <>
          {info.data.window === undefined ? null : (
            <span className="status-window">
              {formatTime(info.data.window[0], 'min')} – {formatTime(info.data.window[1], 'min')} UTC
            </span>
          )}
          {info.data.calls > 0 && !info.data.analyzed && importing === undefined ? <span>Not analysed yet</span> : null}
        </>
      )}
    </>
  );
}
