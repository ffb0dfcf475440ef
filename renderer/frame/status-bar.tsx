import { useEngineQuery } from '../query/use-engine-query.ts';
import { useSession } from '../state/session.ts';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { formatPlural, formatTime } from '../widgets/format.ts';
import { LastChange } from '../review/last-change.tsx';
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
  return (
    <>
      <span className="status-case" title={file}>
        <EvidenceText text={file} />
      </span>
      {info.data === undefined ? null : (
        <>
          <span className="status-calls">
            {formatPlural(info.data.calls, 'call')} · {formatPlural(info.data.sources, 'source')}
          </span>
          {info.data.window === undefined ? null : (
            <span className="status-window">
              {formatTime(info.data.window[0], 'min')} – {formatTime(info.data.window[1], 'min')} UTC
            </span>
          )}
          {info.data.calls > 0 && !info.data.analyzed ? <span>Not analysed yet</span> : null}
        </>
      )}
    </>
  );
}
