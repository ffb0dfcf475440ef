import type { Party } from './party.ts';
import type { Roles } from './roles.ts';
import type { Session } from './session.ts';
import type { Stage } from './stage.ts';
import type { Form } from './truth.ts';

/** What an incident has in hand when it is played. Units: epoch ms. */
export interface Play {
  readonly stage: Stage;
  readonly roles: Roles;
  readonly form: Form;
  /** It begins here; the evidence goes on for a day or more. */
  readonly start: number;
  /** The last moment that may still be used. */
  readonly end: number;
  /** A session whose calls are the incident's. */
  readonly open: (party: Party, at: number) => Session;
}

/** One way to do harm: loud and quick, or quiet and slow. */
export interface Incident {
  readonly id: string;
  /** Detectors of the catalogue that name it rightly, the first says it best; by form where they differ. */
  readonly detectors: readonly string[] | Readonly<Record<Form, readonly string[]>>;
  play(play: Play): void;
}

/** Something harmless that looks odd. Played in every scenario, with the incident or without. */
export interface Trap {
  readonly id: string;
  play(play: Omit<Play, 'form'>): void;
}
