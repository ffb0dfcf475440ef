import type { Random } from '../../large/random.ts';
import { HOUR_MS, shareOfDay, type Rhythm, type Zone } from '../core/calendar.ts';
import type { Party } from '../core/party.ts';
import type { Session } from '../core/session.ts';
import type { Actor } from '../core/world.ts';

/** Above this a Poisson count is drawn as a rounded normal one. */
const LARGE_MEAN = 40;

/** How many events happen when `mean` are expected. */
function countOf(random: Random, mean: number): number {
  if (mean < LARGE_MEAN) return random.poisson(mean);
  return Math.max(
    0,
    Math.round(mean + Math.sqrt(mean) * (random.next() + random.next() + random.next() + random.next() - 2) * Math.sqrt(3)),
  );
}

/** People who come and go by the rhythm of their day and week. */
export interface Crowd {
  readonly id: string;
  readonly zone: Zone;
  readonly rhythm: Rhythm;
  /** All of them together, on a usual day at scale 1. */
  readonly visitsADay: number;
  /** Who comes: any of the crowd. */
  readonly who: (random: Random) => Party;
  readonly visit: (session: Session) => void;
}

/** The visits of a crowd, at random moments of the hours that its rhythm gives them. */
export function crowd({ id, zone, rhythm, visitsADay, who, visit }: Crowd): Actor {
  return {
    id,
    hour: (stage, hourStart) => {
      const random = stage.random(`${id}/${String(hourStart)}`);
      const visits = countOf(random, visitsADay * stage.scale * shareOfDay(rhythm, zone, hourStart));
      for (let index = 0; index < visits; index += 1) {
        const at = hourStart + random.int(0, HOUR_MS - 1);
        visit(stage.open(who(random), at, { name: `${id}/${String(hourStart)}/${String(index)}` }));
      }
    },
  };
}

/** A program that runs by the clock. */
export interface Job {
  readonly id: string;
  readonly party: Party;
  /** Units: ms. */
  readonly every: number;
  /** From the first midnight on. Units: ms. */
  readonly phase?: number;
  /** Most that a run starts late. Units: ms. */
  readonly jitter?: number;
  /** The more traffic, the more work in each run; runs do not become more. */
  readonly run: (session: Session, scale: number) => void;
}

/** The runs of a job, at the moments of its plan. */
export function job({ id, party, every, phase = 0, jitter = 900, run }: Job): Actor {
  return {
    id,
    hour: (stage, hourStart) => {
      const { start } = stage.span;
      const first = Math.ceil((hourStart - start - phase) / every);
      for (let slot = first; start + phase + slot * every < hourStart + HOUR_MS; slot += 1) {
        if (slot < 0) continue;
        const due = start + phase + slot * every;
        const random = stage.random(`${id}/late/${String(slot)}`);
        run(stage.open(party, due + random.int(0, jitter), { name: `${id}/${String(slot)}` }), stage.scale);
      }
    },
  };
}
