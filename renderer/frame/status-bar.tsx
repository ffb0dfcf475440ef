import { X } from 'lucide-react';
import { useEngineQuery } from '../query/use-engine-query.ts';
import { useSession, type Task } from '../state/session.ts';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { formatPlural, formatRemaining, formatShare, formatTime } from '../widgets/format.ts';
import { ProgressBar } from '../widgets/progress-bar.tsx';

/** The bottom line: case, zone, counts, background work, and that nothing goes out. */
export function StatusBar() {
  const openCase = useSession((state) => state.openCase);
  const tasks = useSession((state) => state.tasks);
  return (
    <footer className="status-bar">
      {openCase === undefined ? <span>No case open</span> : <CaseCounts file={openCase.file} />}
      <div className="status-tasks" role="status">
        {tasks.map((task) => (
          <TaskLine key={task.id} task={task} />
        ))}
      </div>
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
          <span>
            {formatPlural(info.data.calls, 'call')} from {formatPlural(info.data.sources, 'source')}
          </span>
          {info.data.window === undefined ? null : (
            <span>
              {formatTime(info.data.window[0], 'min')} – {formatTime(info.data.window[1], 'min')} UTC
            </span>
          )}
          {info.data.calls > 0 && !info.data.analyzed ? <span>Not analysed yet</span> : null}
        </>
      )}
    </>
  );
}

function TaskLine({ task }: { readonly task: Task }) {
  const { progress, remaining } = task;
  return (
    <div className="status-task">
      <span>
        {task.title}
        {progress === undefined ? '' : `: ${progress.step}`}
        {progress?.total === undefined ? '' : ` ${formatShare(progress.done, progress.total)}`}
        {remaining === undefined ? '' : `, ${formatRemaining(remaining)}`}
      </span>
      <ProgressBar label={task.title} done={progress?.done ?? 0} total={progress?.total} />
      <button type="button" className="icon-button" aria-label={`Cancel: ${task.title}`} title="Cancel" onClick={task.cancel}>
        <X size={14} strokeWidth={1.5} aria-hidden="true" />
      </button>
    </div>
  );
}
