import './tasks.css';
import { ListChecks, X } from 'lucide-react';
import { useSession, type Task } from '../../state/session.ts';
import { clearEnded, useTaskLog, type EndedTask } from '../../state/task-log.ts';
import { Button } from '../../widgets/button.tsx';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { formatCount } from '../../widgets/format.ts';
import { Popover } from '../../widgets/popover.tsx';
import { ProgressBar } from '../../widgets/progress-bar.tsx';
import { PauseButton } from './pause-button.tsx';
import { announce, describeOutcome, describeTask } from './task-words.ts';
import { useThrottled } from './use-throttled.ts';

/** Between two announcements, so that they can be heard to their end. Units: ms. */
const BETWEEN_ANNOUNCEMENTS = 2000;

/** The work in the background: the first running task in the status bar, all of them and what became of the last in a panel. */
export function BackgroundWork() {
  const tasks = useSession((state) => state.tasks);
  const ended = useTaskLog((state) => state.ended);
  const said = useThrottled(announce(tasks, ended[0]), BETWEEN_ANNOUNCEMENTS);
  const failed = ended.filter(({ outcome }) => outcome.kind === 'failed').length;
  const [first] = tasks;
  return (
    <div className="status-tasks">
      {first === undefined ? null : <StatusTask task={first} />}
      <p className="visually-hidden" role="status">
        {said}
      </p>
      <Popover
        label="Background work"
        side="top"
        button={{
          className: 'link tasks-button',
          words: (
            <>
              <ListChecks size={14} strokeWidth={1.5} aria-hidden="true" />
              {tasks.length > 0 ? `${formatCount(tasks.length)} running` : failed > 0 ? `${formatCount(failed)} failed` : 'Nothing running'}
            </>
          ),
        }}
      >
        <h2>Background work</h2>
        {tasks.length === 0 ? <p className="muted">Nothing is running.</p> : null}
        <ul>
          {tasks.map((task) => (
            <RunningTask key={task.id} task={task} />
          ))}
        </ul>
        <Ended ended={ended} />
      </Popover>
    </div>
  );
}

/** One line of the status bar. */
function StatusTask({ task }: { readonly task: Task }) {
  const lasting = useTaskLog((state) => state.lasting.has(task.id));
  const { progress } = task;
  return (
    <div className="status-task">
      <span className="status-task-words">
        <EvidenceText text={`${task.title}: ${describeTask(task, lasting)}`} />
      </span>
      <ProgressBar label={task.title} done={progress?.done ?? 0} total={progress?.total} paused={progress?.paused === true} />
      <button type="button" className="icon-button" aria-label={`Cancel: ${task.title}`} title="Cancel" onClick={task.cancel}>
        <X size={14} strokeWidth={1.5} aria-hidden="true" />
      </button>
    </div>
  );
}

function RunningTask({ task }: { readonly task: Task }) {
  const lasting = useTaskLog((state) => state.lasting.has(task.id));
  const isImport = useSession((state) => state.importing?.kind === 'running' && state.importing.task === task.id);
  const { progress } = task;
  return (
    <li>
      <p>
        <EvidenceText text={task.title} />
      </p>
      <p className="muted">
        <EvidenceText text={describeTask(task, lasting)} />
      </p>
      <ProgressBar label={task.title} done={progress?.done ?? 0} total={progress?.total} paused={progress?.paused === true} />
      <div className="actions">
        {isImport && progress?.source !== undefined ? <PauseButton paused={progress.paused === true} /> : null}
        <Button onClick={task.cancel}>Cancel</Button>
      </div>
    </li>
  );
}

/** The last tasks that are over. */
function Ended({ ended }: { readonly ended: readonly EndedTask[] }) {
  if (ended.length === 0) return null;
  return (
    <>
      <div className="tasks-head">
        <h3>Ended</h3>
        <button type="button" className="link" onClick={clearEnded}>
          Clear
        </button>
      </div>
      <ul>
        {ended.map((task) => (
          <li key={task.id}>
            <EvidenceText text={task.title} />{' '}
            <span className={task.outcome.kind === 'failed' ? 'tasks-failed' : 'muted'}>
              <EvidenceText text={describeOutcome(task)} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
