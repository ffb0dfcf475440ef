import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { toAppError, type AppError } from '#shared/contract/errors.ts';
import type { RecentCase } from '#shared/contract/table.ts';
import { OUTCOME_TEXT } from '#shared/model/outcome.ts';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { openCase } from '../../host/cases.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { useSession } from '../../state/session.ts';
import { goTo } from '../../state/selection.ts';
import { Answer } from '../../widgets/answer.tsx';
import { ErrorPanel } from '../../widgets/error-panel.tsx';
import { formatAgo } from '../../widgets/format.ts';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { ByteCount, TimeText } from '../../widgets/numbers.tsx';
import { casesOf, type OutcomeChoice } from './outcome-choice.ts';
import { OutcomeCounts } from './outcome-counts.tsx';

/** The cases on this machine, the newest first. */
export function RecentCases() {
  const cases = useEngineQuery('host.cases', {});
  const host = useSession((state) => state.host);
  const [failed, setFailed] = useState<{ readonly title: string; readonly error: AppError } | undefined>(undefined);
  const open = (recent: RecentCase): void => {
    setFailed(undefined);
    openCase(recent.id, recent.title).catch((thrown: unknown) => {
      setFailed({ title: recent.title, error: toAppError(thrown) });
    });
  };
  return (
    <section aria-labelledby="recent-cases">
      <div className="panel-head start-head">
        <h2 id="recent-cases">Recent cases</h2>
        <span className="network-off">
          <ShieldCheck size={16} strokeWidth={1.5} aria-hidden="true" />
          Network: off
        </span>
      </div>
      {failed === undefined ? null : <ErrorPanel error={failed.error} title={`Could not open ${failed.title}`} />}
      <Answer query={cases} what="the recent cases" lines={3}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="muted start-none">None yet on this machine. A case is one file that is made when you drop evidence.</p>
          ) : (
            <Listed rows={rows} onOpen={open} />
          )
        }
      </Answer>
      {host === undefined ? null : (
        <p className="faint start-host">
          Spoor {host.version}
          {host.shell === 'browser' ? `, in the browser${host.why === undefined ? '' : `: ${host.why}`}` : ''}
        </p>
      )}
    </section>
  );
}

interface ListedProps {
  readonly rows: readonly RecentCase[];
  readonly onOpen: (recent: RecentCase) => void;
}

function Listed({ rows, onOpen }: ListedProps) {
  const [chosen, setChosen] = useState<OutcomeChoice | undefined>(undefined);
  const shown = casesOf(rows, chosen);
  return (
    <>
      <OutcomeCounts cases={rows} chosen={chosen} onChoose={setChosen} />
      {/* The chosen outcome may have lost its last case meanwhile. */}
      <CaseTable rows={shown.length === 0 ? rows : shown} onOpen={onOpen} />
    </>
  );
}

function CaseTable({ rows, onOpen }: ListedProps) {
  const current = useSession((state) => state.openCase?.id);
  const [now] = useState(() => Date.now());
  return (
    <table className="table start-cases">
      <thead>
        <tr>
          <th scope="col">Case</th>
          <th scope="col">File</th>
          <th scope="col" className="head-outcome">
            Outcome
          </th>
          <th scope="col" className="end head-size">
            Size
          </th>
          <th scope="col" className="end head-changed">
            Changed (UTC)
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((recent) => (
          <tr key={recent.id}>
            <td>
              <div className="case-cell">
                <button
                  type="button"
                  className="link case-link"
                  // Its two halves would be read with a pause between them.
                  aria-label={toVisibleText(recent.title)}
                  onClick={() => {
                    if (recent.id === current) goTo({ view: 'overview' });
                    else onOpen(recent);
                  }}
                >
                  <MiddleText text={recent.title} />
                </button>
                {recent.id === current ? <span className="tag">open</span> : null}
                {recent.encrypted === true ? <span className="tag">encrypted</span> : null}
                {recent.readOnly === undefined ? null : <span className="tag">read-only</span>}
              </div>
            </td>
            <td className="cell-name">
              <MiddleText text={recent.file} mono />
            </td>
            <td>{recent.outcome === undefined ? <span className="faint">–</span> : OUTCOME_TEXT[recent.outcome]}</td>
            <td className="end">
              <ByteCount value={recent.bytes} />
            </td>
            <td className="end">
              <TimeText time={recent.modified} to="min" /> <span className="muted">{formatAgo(recent.modified, now)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
