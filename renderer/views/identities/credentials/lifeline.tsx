import { scaleLinear } from 'd3';
import type { CredentialDossier } from '#shared/contract/credentials.ts';
import { assert } from '#shared/lib/assert.ts';
import { parseIsoTime } from '#shared/lib/iso-time.ts';
import { epochMicros, printTime } from '#shared/model/units.ts';
import { between, matching } from '../../../query/queries.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { MaybeLink, PictureLink } from '../../../state/picture-link.tsx';
import { toCall, toCalls } from '../../../state/places.ts';
import { CardPart } from '../../../widgets/card.tsx';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatCount, formatPlural } from '../../../widgets/format.ts';
import { TimeText } from '../../../widgets/numbers.tsx';
import { EVENT_WORDS, spanText } from './words.ts';

const WIDTH = 600;
const HEIGHT = 72;
const BASE = 56;
/** Events further away than so many lengths of its use would squeeze the uses into a line. */
const NEAR = 3;

/** The life of a credential as a picture, and below it in words: issued, used, silent, exposed, refused, expired. */
export function Lifeline({ dossier }: { readonly dossier: CredentialDossier }) {
  const { credential, events, gap, activity } = dossier;
  const query = matching('credential', credential.id);
  return (
    <CardPart title="Life" note="times in UTC">
      {activity === undefined ? (
        <p className="muted">No call with a time came with it.</p>
      ) : (
        <Picture dossier={dossier} activity={activity} />
      )}
      <dl className="card-facts">
        {activity === undefined ? null : (
          <>
            <dt>Used</dt>
            <dd>
              <TimeText time={activity.from} to="s" /> to <TimeText time={activity.to} to="s" />,{' '}
              <GoLink to={toCalls(query)}>{formatPlural(credential.calls ?? 0, 'call')}</GoLink>
            </dd>
          </>
        )}
        {gap === undefined ? null : (
          <>
            <dt>Longest silence</dt>
            <dd>
              {spanText(gap.seconds)}, until <TimeText time={gap.to} to="s" /> (
              <GoLink to={toCalls(`${query} and time >= ${gap.to}`)}>the calls after it</GoLink>)
              {gap.earlierSeconds === 0 ? '' : `; the longest before it lasted ${spanText(gap.earlierSeconds)}`}
            </dd>
          </>
        )}
        {events.map(({ kind, time, text, call }, index) => (
          <Event key={index} title={EVENT_WORDS[kind]} time={time} text={text} call={call} />
        ))}
      </dl>
    </CardPart>
  );
}

function Event({ title, time, text, call }: { readonly title: string; readonly time: string; readonly text: string; readonly call: string | undefined }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>
        <TimeText time={time} to="s" /> {call === undefined ? <span className="muted">{text}</span> : <GoLink to={toCall(call)}><EvidenceText text={text} /></GoLink>}
      </dd>
    </>
  );
} // prettier-ignore

interface PictureProps {
  readonly dossier: CredentialDossier;
  readonly activity: NonNullable<CredentialDossier['activity']>;
}

/** The condition on time of one bar. */
function sliceOf({ from, sliceMicros }: PictureProps['activity'], index: number): string {
  const first = parseIsoTime(from, 0);
  assert(typeof first !== 'string', `the first use of a credential at ${from}`);
  const start = first.time + index * sliceMicros;
  return between(printTime(epochMicros(start)), printTime(epochMicros(start + sliceMicros)));
}

/** Bars of uses over time; lines where something happened, as far as it lies within or near the uses. */
function Picture({ dossier: { events, gap, credential }, activity }: PictureProps) {
  const [from, to] = [Date.parse(activity.from), Date.parse(activity.to)];
  const near = Math.max(60_000, to - from) * NEAR;
  const shown = events.filter(({ time }) => Date.parse(time) >= from - near && Date.parse(time) <= to + near);
  const times = [from, to, ...shown.map(({ time }) => Date.parse(time))];
  const start = Math.min(...times);
  const x = scaleLinear([start, Math.max(start + 1, ...times)], [4, WIDTH - 4]);
  const y = scaleLinear([0, Math.max(1, ...activity.counts)], [0, BASE - 12]);
  const step = activity.sliceMicros / 1000;
  const own = matching('credential', credential.id);
  const total = activity.counts.reduce((sum, count) => sum + count, 0);
  const refused = activity.refused.reduce((sum, count) => sum + count, 0);
  const query = `${own} and ${between(activity.from, new Date(to + 1).toISOString())}`;
  return (
    <figure className="cred-life">
      <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} role="group" aria-label={`${formatCount(total)} uses over ${spanText((to - from) / 1000)}, ${formatCount(refused)} refused`}>
        {gap === undefined ? null : (
          <PictureLink to={toCalls(`${own} and time >= ${gap.to}`)}>
            <rect className="cred-gap" x={x(Date.parse(gap.from))} width={Math.max(1, x(Date.parse(gap.to)) - x(Date.parse(gap.from)))} y={4} height={BASE - 4}><title>Longest silence: the calls after it</title></rect>
          </PictureLink>
        )}
        <line className="cred-axis" x1={0} x2={WIDTH} y1={BASE} y2={BASE} />
        {activity.counts.map((count, index) => (count === 0 ? null : (
          <PictureLink key={index} to={toCalls(`${own} and ${sliceOf(activity, index)}`)}>
          <rect className={(activity.refused[index] ?? 0) * 2 > count ? 'cred-bar cred-bar-refused' : 'cred-bar'} x={x(from + index * step)} width={Math.max(2, x(from + (index + 1) * step) - x(from + index * step) - 0.5)} y={BASE - Math.max(2, y(count))} height={Math.max(2, y(count))}><title>{formatPlural(count, 'call')}</title></rect>
          </PictureLink>
        )))}
        {shown.map(({ kind, time, call }, index) => (
          <g key={index} className={`cred-event cred-event-${kind}`}>
            <line x1={x(Date.parse(time))} x2={x(Date.parse(time))} y1={2} y2={BASE + 6} />
            <MaybeLink to={call === undefined ? undefined : toCall(call)}>
              <text x={x(Date.parse(time))} y={HEIGHT - 2} textAnchor={x(Date.parse(time)) > WIDTH / 2 ? 'end' : 'start'}>{EVENT_WORDS[kind]}</text>
            </MaybeLink>
          </g>
        ))}
      </svg>
      <figcaption className="muted">
        Uses over time; the shaded part is its longest silence.{' '}
        {refused === 0 ? 'None was refused.' : <GoLink to={toCalls(`${query} and (status = 401 or status = 403 or status = 429)`)}>{formatPlural(refused, 'call')} refused</GoLink>}
        {events.length > shown.length ? ` ${formatPlural(events.length - shown.length, 'event')} far outside its use stand only below.` : ''}
      </figcaption>
    </figure>
  );
} // prettier-ignore
