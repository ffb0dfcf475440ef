import { useMemo } from 'react';
import type { MachineLinkJson } from '#shared/contract/report-json.ts';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { useSize } from '../../../widgets/use-size.ts';
import { matching } from '../../../query/queries.ts';
import { PictureLink } from '../../../state/picture-link.tsx';
import { toCalls, toPrincipal } from '../../../state/places.ts';
import { formatCount } from '../../../widgets/format.ts';
import { layMap, NO_HOST, type MapLine } from './layout.ts';

/** Room for names on either side, as a share of the width. */
const NAMES = 0.36;
/** Width of a letter of a name, about. Units: CSS px. */
const LETTER = 6;

interface MapPictureProps {
  readonly links: readonly MachineLinkJson[];
  /** The link that stands out. */
  readonly chosen: MachineLinkJson | undefined;
}

/** The calls of a principal to a service, with whatever credential; of every program where none is named. */
const callsOf = (principal: string | undefined, service: string): string =>
  [
    principal === undefined ? '-kind:human' : matching('principal', principal),
    service === NO_HOST ? '-host:*' : matching('host', service),
  ].join(' and ');

/** Callers to the left, services to the right, a line where calls went; the table beside it says the same in words. */
export function MapPicture({ links, chosen }: MapPictureProps) {
  const [ref, { width }] = useSize();
  const { callers, services, lines, height, left } = useMemo(() => layMap(links), [links]);
  const [from, to] = [width * NAMES, width * (1 - NAMES)];
  const letters = Math.floor((from - 6) / LETTER);
  const isOn = ({ from: caller, to: service }: MapLine): boolean =>
    chosen?.principal === caller.id && service.id === (chosen.service ?? NO_HOST);
  // What stands out is drawn last, on top of the others.
  const drawn = [...lines].sort((a, b) => Number(isOn(a)) - Number(isOn(b)));
  return (
    <div ref={ref} className="machine-picture">
      {width === 0 ? null : (
        <svg
          width={width}
          height={height}
          role="group"
          aria-label={`${formatCount(callers.length)} principals and ${formatCount(services.length)} services, joined by ${formatCount(lines.length)} lines`}
        >
          {drawn.map((line) => (
            <PictureLink key={`${line.from.id}\n${line.to.id}`} to={toCalls(callsOf(line.from.id, line.to.id))}>
              <path
                className={lineClass(line, chosen === undefined ? undefined : isOn(line))}
                strokeWidth={line.width}
                d={`M${String(from)} ${String(line.from.y)}C${String((from + to) / 2)} ${String(line.from.y)} ${String((from + to) / 2)} ${String(line.to.y)} ${String(to)} ${String(line.to.y)}`}
              >
                <title>
                  {toVisibleText(line.from.label)} → {toVisibleText(line.to.label)}: {formatCount(line.calls)} calls,{' '}
                  {formatCount(line.failed)} failed, {formatCount(line.credentials)} credentials
                </title>
              </path>
            </PictureLink>
          ))}
          {callers.map(({ id, label, y }) => (
            <PictureLink key={id} to={toPrincipal(id)}>
              <text x={from - 6} y={y} textAnchor="end" dominantBaseline="middle" className="machine-name">
                <title>{toVisibleText(label)}</title>
                {short(label, letters)}
              </text>
            </PictureLink>
          ))}
          {services.map(({ id, label, y }) => (
            <PictureLink key={id} to={toCalls(callsOf(undefined, id))}>
              <text x={to + 6} y={y} dominantBaseline="middle" className="machine-name">
                <title>{toVisibleText(label)}</title>
                {short(label, letters)}
              </text>
            </PictureLink>
          ))}
        </svg>
      )}
      {left === 0 ? null : <p className="muted">{formatCount(left)} more principals and services stand in the table only.</p>}
    </div>
  );
}

/** `isOn` is absent while no link is chosen. */
const lineClass = ({ failed, calls }: MapLine, isOn: boolean | undefined): string =>
  ['machine-line', failed === calls ? 'failed' : '', isOn === undefined ? '' : isOn ? 'on' : 'off'].filter((name) => name !== '').join(' ');

function short(label: string, letters: number): string {
  const text = toVisibleText(label);
  if (text.length <= letters) return text;
  const tail = Math.floor((letters - 1) * 0.4);
  return `${text.slice(0, letters - 1 - tail)}…${text.slice(-tail)}`;
}
