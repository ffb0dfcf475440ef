import { X } from 'lucide-react';
import { goTo } from '../../state/selection.ts';
import { useSession, type ImportRun } from '../../state/session.ts';
import { Button } from '../../widgets/button.tsx';
import { ErrorPanel } from '../../widgets/error-panel.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatPlural, nameFiles } from '../../widgets/format.ts';
import { MiddleText } from '../../widgets/middle-text.tsx';

const dismiss = (): void => {
  useSession.setState({ importing: undefined });
};

/** What could not be imported, with the reason for each, and the way on to what could. */
export function ImportFailure({ run }: { readonly run: Extract<ImportRun, { kind: 'failed' | 'partial' }> }) {
  if (run.kind === 'failed') {
    const what = nameFiles(run.names);
    return <ErrorPanel error={run.error} title={`Could not import ${what}`} />;
  }
  return (
    <section className="panel" aria-labelledby="import-failures">
      <div className="panel-head">
        <h2 id="import-failures">{formatPlural(run.failures.length, 'file')} could not be opened; the rest is in the case</h2>
        <div className="actions">
          <Button
            primary
            onClick={() => {
              dismiss();
              goTo({ view: 'overview' });
            }}
          >
            Go to the Overview
          </Button>
          <button type="button" className="icon-button" aria-label="Dismiss" onClick={dismiss}>
            <X size={16} strokeWidth={1.5} aria-hidden="true" />
          </button>
        </div>
      </div>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Code</th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {run.failures.map((failure, index) => (
            <tr key={index}>
              <td className="cell-name">
                <MiddleText text={failure.name} mono />
              </td>
              <td>
                <code className="code-tag">{failure.code}</code>
              </td>
              <td>
                <EvidenceText text={failure.message} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
