import type { TemplateMove, TemplatePreview } from '#shared/contract/templates.ts';
import { useEngineQuery, type QueryState } from '../query/use-engine-query.ts';
import { useSettled } from '../query/use-settled.ts';
import { Answer } from '../widgets/answer.tsx';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../widgets/format.ts';
import type { Changes } from './draft.ts';

const KINDS: Readonly<Record<TemplateMove['kind'], string>> = { merged: 'merges', split: 'splits off', renamed: 'renamed', moved: 'moves' };

type Preview = QueryState<TemplatePreview>;

/** Asks what a draft would do; while it is typed, for the one before. */
export function usePreview(host: string, { set, remove, problem }: Changes): Preview {
  const asked = useSettled({ host, set, remove });
  const preview = useEngineQuery('templates.preview', asked, { enabled: set.length + remove.length > 0 && problem === undefined });
  return { ...preview, stale: preview.stale || asked.set !== set || asked.remove !== remove };
}

interface PreviewProps {
  /** True where no rule changes the template. */
  readonly isFixed: boolean;
  readonly changes: Changes;
  readonly preview: Preview;
}

/** What the draft would do to the endpoints of the host, before anything is kept. */
export function PreviewTable({ isFixed, changes: { set, remove, problem }, preview }: PreviewProps) {
  const isEmpty = set.length + remove.length === 0;
  return (
    <section className="template-preview" aria-label="What would change" aria-busy={preview.loading}>
      <h3>What would change</h3>
      {problem !== undefined ? (
        <p role="alert">
          <EvidenceText text={`This cannot be kept: ${problem}.`} />
        </p>
      ) : isEmpty ? (
        <p className="muted">
          {isFixed ? 'Nothing: no rule changes this template.' : 'Nothing yet. Choose a place of the path, or pin the template.'}
        </p>
      ) : (
        <Answer query={preview} what="the preview">
          {(data) => <Moves preview={data} stale={preview.stale} />}
        </Answer>
      )}
    </section>
  );
}

function Moves({ preview, stale }: { readonly preview: TemplatePreview; readonly stale: boolean }) {
  const { rows, more, endpointsBefore, endpointsAfter, calls, fixed, levelsLost } = preview;
  return (
    <div className={stale ? 'stale' : undefined}>
      <p role="status">
        {rows.length === 0
          ? 'No call would have another template.'
          : `${formatPlural(calls, 'call')} would have another template: ${formatPlural(endpointsBefore, 'endpoint')} of this host before, ${formatCount(endpointsAfter)} after.`}
        {fixed === 0
          ? ''
          : ` ${formatPlural(fixed, 'call')} that a rule speaks of would stay: an API description or gRPC says what their path is, and that comes first.`}
        {levelsLost === 0
          ? ''
          : ` A sensitivity set by hand stays with the endpoint that it was set on: ${formatPlural(levelsLost, 'endpoint')} with one would be gone, and it comes back with Undo.`}
      </p>
      {rows.length === 0 ? null : (
        <div className="template-scroll" role="region" aria-label="Endpoints before and after" tabIndex={0}>
          <table className="template-table">
            <thead>
              <tr>
                <th scope="col">Before</th>
                <th scope="col">What</th>
                <th scope="col">After</th>
                <th scope="col" className="number">
                  Calls
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ method, before, after, kind, calls: moved }) => (
                <tr key={`${method} ${before} ${after}`}>
                  <td className="mono template-text">
                    {method} <EvidenceText text={before} />
                  </td>
                  <td className="muted">{KINDS[kind]}</td>
                  <td className="mono template-text">
                    <EvidenceText text={after} />
                  </td>
                  <td className="number">{formatCount(moved)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {more === 0 ? null : <p className="muted">and {formatPlural(more, 'more change')}, not shown</p>}
    </div>
  );
}
