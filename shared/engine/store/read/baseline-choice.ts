import type { BaselineFile } from '../../../model/baseline-file.ts';
import type { SqlDriver } from '../driver.ts';
import { getMeta } from '../meta.ts';

/** Meta keys of what the analyst said about the baseline. */
export const CHOICE = { until: 'given_baseline_until', from: 'given_incident_from', imported: 'imported_baseline' } as const;

/** Meta key of the end of the window that a second look is being taken with; set only while it goes on. Units: µs. */
export const LOOKING = 'second_look_until';

/** What the analyst said instead of the choice from the data. Units: µs. */
export interface GivenWindow {
  readonly until?: number | undefined;
  readonly incidentFrom?: number | undefined;
}

const numberOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

/** What was said; empty when the data choose. */
export const readGiven = (db: SqlDriver): GivenWindow => ({
  until: numberOf(getMeta(db, CHOICE.until)),
  incidentFrom: numberOf(getMeta(db, CHOICE.from)),
});

/** The baseline of another case that was imported into this one; undefined when none was. */
export function readImportedFile(db: SqlDriver): BaselineFile | undefined {
  const text = getMeta(db, CHOICE.imported);
  // Checked when it was imported.
  return text === undefined ? undefined : (JSON.parse(text) as BaselineFile);
}

/** What the baseline rests on beside the evidence, as one text: another one makes it out of date. */
export function baselineInputs(db: SqlDriver): string {
  const sha256 = db
    .prepare(`SELECT value ->> '$.sha256' AS sha256 FROM meta WHERE key = ?`)
    .get<{ sha256: string }>(CHOICE.imported)?.sha256;
  return [getMeta(db, CHOICE.until) ?? '', getMeta(db, CHOICE.from) ?? '', sha256 ?? '', getMeta(db, LOOKING) ?? ''].join(' ').trim();
}
