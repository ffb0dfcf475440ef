import type { Random } from '../../large/random.ts';
import { HOUR_MS, MINUTE_MS, type Span } from './calendar.ts';
import type { Exchange } from './exchange.ts';
import type { Incident, Play, Trap } from './incident.ts';
import type { Stage } from './stage.ts';
import type { Form, IncidentTruth } from './truth.ts';

/** They begin when some share of the time is over, by the seed; a quiet incident needs hours after that. */
const LOUD_AT = [0.3, 0.8] as const;
const QUIET_AT = [0.3, 0.7] as const;
const TRAPS_AT = [0.15, 0.85] as const;
/** What was switched off on the first morning has been silent for a while, where the evidence is long enough. */
const SILENT_BEFORE = 14 * HOUR_MS;

/** A moment between two shares of a span, by chance. Units: epoch ms. */
function momentOf({ start, end }: Span, [from, to]: readonly [number, number], random: Random): number {
  return start + Math.round((from + random.next() * (to - from)) * (end - start));
}

/** Sessions of one incident or trap: named, labelled, and noted in the truth. */
function makePlay(
  stage: Stage,
  kind: 'incident' | 'trap',
  id: string,
  form: Form,
  start: number,
): { readonly play: Play; readonly emitted: Exchange[] } {
  const emitted: Exchange[] = [];
  let sessions = 0;
  const play: Play = {
    stage,
    roles: stage.world.roles(stage),
    form,
    start,
    end: stage.span.end - 10 * MINUTE_MS,
    open: (party, at) => {
      sessions += 1;
      return stage.open(party, at, { name: `${kind}/${id}/${form}/${String(sessions)}`, label: { kind, id } }, (exchange) => {
        emitted.push(exchange);
        stage.emit(exchange);
      });
    },
  };
  return { play, emitted };
}

/** Plays an incident at a moment of its own. Returns what is true of it. */
export function playIncident(stage: Stage, incident: Incident, form: Form): IncidentTruth {
  const { span } = stage;
  const drawn = momentOf(span, form === 'loud' ? LOUD_AT : QUIET_AT, stage.random(`incident/${incident.id}`));
  const start = Math.max(drawn, span.start + Math.min(SILENT_BEFORE, 0.6 * (span.end - span.start)));
  const { play, emitted } = makePlay(stage, 'incident', incident.id, form, start);
  incident.play(play);
  const evidence = emitted.filter(({ label }) => label?.role === 'evidence');
  return {
    id: incident.id,
    form,
    detectors: 'loud' in incident.detectors ? incident.detectors[form] : incident.detectors,
    principals: [...new Set(evidence.map(({ party }) => party.id))],
    credentials: [...new Set(evidence.flatMap(({ credential }) => (credential === undefined ? [] : [credential.id])))],
    start: Math.min(...evidence.map(({ at }) => at)),
    end: Math.max(...evidence.map(({ at }) => at)),
  };
}

/** Plays a trap at a moment of its own. */
export function playTrap(stage: Stage, trap: Trap): void {
  const start = momentOf(stage.span, TRAPS_AT, stage.random(`trap/${trap.id}`));
  trap.play(makePlay(stage, 'trap', trap.id, 'loud', start).play);
}
