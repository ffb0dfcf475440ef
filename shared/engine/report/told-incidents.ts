import type { IncidentJson } from '../../contract/incident-json.ts';
import type { ReportView } from './section.ts';

/** Incidents that a page tells one after the other; more would be a list of cases, not a report of one. */
const TOLD = 5;

/**
 * The incidents that first pages and the timeline tell, each as its own story, and the others: faint ones beside grave ones, and what is beyond five.
 * Where all are faint, they are what there is to tell.
 */
export function toldIncidents({ json: { incidents } }: Pick<ReportView, 'json'>): {
  readonly told: readonly IncidentJson[];
  readonly rest: readonly IncidentJson[];
} {
  const grave = incidents.filter(({ severity }) => severity !== 'low' && severity !== 'info');
  const told = (grave.length > 0 ? grave : incidents).slice(0, TOLD);
  return { told, rest: incidents.filter((incident) => !told.includes(incident)) };
}
