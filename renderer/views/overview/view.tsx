import './view.css';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { Overview } from '#shared/contract/rows.ts';
import { epochMicros, printTime } from '#shared/model/units.ts';
import { ActivityChart } from '../../charts/time/activity-chart.tsx';
import { between } from '../../query/queries.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCalls } from '../../state/places.ts';
import { follow } from '../../state/selection.ts';
import { usePictureKeys } from '../../state/use-picture-keys.ts';
import { Answer } from '../../widgets/answer.tsx';
import { EmptyState } from '../../widgets/empty-state.tsx';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { Board } from './board.tsx';
import { toKpis } from './kpis.ts';
import { FindingList, NotEvaluableList, PartlyEvaluableList, PrincipalList } from './lists.tsx';
import { toSentences } from './sentences.ts';
import { Story } from './story.tsx';
import { UsualChanges } from './usual-changes.tsx';

/** Slices of the picture of activity: at 1280 px each is about 7 px wide. */
const BINS = 160;

/** Overview: what happened, in sentences whose numbers are links; then the same as pictures and lists. */
export function OverviewView() {
  const overview = useEngineQuery('case.overview', {});
  return (
    <div className="view">
      <div className="view-scroll" tabIndex={0} role="region" aria-label="Overview of the case">
        <Answer query={overview} what="the overview" lines={8}>
          {(data) => (data.info.sources === 0 ? <NothingYet /> : <Filled overview={data} />)}
        </Answer>
      </div>
    </div>
  );
}

function NothingYet() {
  return (
    <EmptyState
      title="This case holds no evidence yet"
      actions={
        <GoLink to={{ view: 'start' }} className="button">
          Add evidence
        </GoLink>
      }
    >
      Drop HAR files, gateway logs or API descriptions anywhere on this window.
    </EmptyState>
  );
}

function Filled({ overview }: { readonly overview: Overview }) {
  const first = overview.topFindings[0];
  return (
    <div className="overview">
      <div className="sentences">
        {toSentences(overview).map((sentence, index) => (
          <p key={index}>
            {sentence.map((part, at) =>
              part.to === undefined ? (
                part.text
              ) : (
                <GoLink key={at} to={part.to} className="link number-link">
                  {part.text}
                </GoLink>
              ),
            )}
          </p>
        ))}
      </div>
      <div className={first === undefined ? 'overview-top alone' : 'overview-top'}>
        {first === undefined ? null : <Story finding={first} steps={overview.story} />}
        <FindingList overview={overview} told={first?.id} />
      </div>
      <dl className="kpis">
        {toKpis(overview).map((kpi) => (
          <div key={kpi.label}>
            <dt>{kpi.label}</dt>
            <dd className="kpi-figure">
              {kpi.to === undefined ? (
                kpi.figure.value
              ) : (
                <GoLink to={kpi.to} className="kpi-link">
                  {kpi.figure.value}
                </GoLink>
              )}
              {kpi.figure.unit === '' ? null : <span className="kpi-unit"> {kpi.figure.unit}</span>}
            </dd>
            <dd className="muted">{kpi.base}</dd>
          </div>
        ))}
      </dl>
      <Board />
      <ActivityPanel />
      <UsualChanges analyzed={overview.info.analyzed} />
      <div className="overview-lists">
        <div>
          <PrincipalList principals={overview.topPrincipals} info={overview.info} />
          <PartlyEvaluableList items={overview.partlyEvaluable} />
        </div>
        <NotEvaluableList items={overview.notEvaluable} partly={overview.partlyEvaluable.length > 0} analyzed={overview.info.analyzed} />
      </div>
      <LedgerLine overview={overview} />
    </div>
  );
}

function ActivityPanel() {
  const keys = usePictureKeys();
  const activity = useEngineQuery('calls.activity', { query: '', bins: BINS });
  return (
    <Answer query={activity} what="the activity over time" lines={3}>
      {(data) => (
        <ActivityChart
          keys={keys}
          activity={data}
          shape="panel"
          onSpan={([from, to]) => {
            follow(toCalls(between(printTime(epochMicros(from)), printTime(epochMicros(to)))));
          }}
          onKind={(kind) => {
            follow(toCalls(kind === 'finding' ? 'has:finding' : 'is:failed'));
          }}
        />
      )}
    </Answer>
  );
}

function LedgerLine({ overview: { records, unreadSources } }: { readonly overview: Overview }) {
  const balances = records.total === records.accepted + records.rejected + records.skipped;
  const unused = records.rejected + records.skipped;
  return (
    <p className="ledger-line">
      {balances && unreadSources === 0 ? (
        <CircleCheck size={16} strokeWidth={1.5} className="ok" aria-label="every record is accounted for" />
      ) : (
        <TriangleAlert size={16} strokeWidth={1.5} aria-label={balances ? 'files were not read' : 'records are not accounted for'} />
      )}
      <span>
        {formatPlural(records.total, 'record')} read = {formatCount(records.accepted)} accepted + {formatCount(records.rejected)} rejected +{' '}
        {formatCount(records.skipped)} skipped
        {unreadSources === 0 ? '' : `; ${formatPlural(unreadSources, 'file was', 'files were')} not read at all`}
      </span>
      <GoLink to={{ view: 'evidence', source: undefined }}>
        {unused === 0 ? 'Sources' : `Why ${formatPlural(unused, 'was not', 'were not')} used`}
      </GoLink>
    </p>
  );
}
