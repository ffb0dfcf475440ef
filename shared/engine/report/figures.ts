import type { Figure, FiguresOfCase } from '../../contract/compare.ts';
import { durationText } from '../../lib/duration.ts';
import { stillValidFigure, stillValidWords } from '../../model/still-valid.ts';
import { byteText, count, percent, plural, secondsBetween } from './text.ts';
import { peopleText } from './people-text.ts';
import type { ReportView } from './section.ts';

/** Raised when what a figure counts changes. */
export const FIGURES_VERSION = 6;

const when = (condition: boolean, figure: () => Figure): readonly Figure[] => (condition ? [figure()] : []);

/**
 * The numbers of the first pages, each with the definition that makes it checkable. A number without its input is left out.
 * Shape: a label is the same for every case, however many incidents it has: comparisons join by it.
 */
export function figuresOf(view: ReportView): readonly Figure[] {
  const { json, overview } = view;
  const incidents = json.findings.filter((finding) => finding.family === 'incident' && finding.status !== 'dismissed');
  const exposure = json.kpis.pivot.exposureSeconds;
  const urgent = json.findings.filter(
    (finding) => finding.status !== 'dismissed' && (finding.severity === 'critical' || finding.severity === 'high'),
  ).length;
  const credentials = new Set(incidents.flatMap((finding) => finding.credentials)).size;
  const [worst] = incidents;
  const alone = worst?.window === undefined ? '' : `; the most urgent one alone took ${durationText(secondsBetween(...worst.window))}`;
  const lag = json.kpis.pivot.discoveryLagSeconds;
  const lagAlone =
    worst?.window === undefined || worst.detectedAt === undefined
      ? ''
      : `; the most urgent finding alone took ${durationText(secondsBetween(worst.window[0], worst.detectedAt))}`;
  const reached = json.incidents.toSorted((a, b) => b.people - a.people)[0];
  const people = reached?.people ?? 0;
  return [
    {
      value: count(urgent),
      label: 'open critical and high findings',
      definition: 'Findings of these severities that nobody has dismissed.',
    },
    {
      value: count(json.kpis.anomalousCalls),
      label: 'calls in incidents',
      definition: 'Distinct calls that incident findings name as evidence.',
    },
    ...when(exposure !== undefined, () => ({
      value: durationText(exposure ?? 0),
      label: 'longest incident, first to last call',
      definition: `From the first to the last call of ${incidents.length === 1 ? 'the incident finding' : `one incident, of the one that lasted longest: findings that nothing ties to each other are incidents of their own, the faint ones too${alone}`}.`,
    })),
    {
      value: count(overview.agents.programs),
      label: 'agents',
      definition: `Distinct programs whose records mark them as software agents${overview.principalsByKind.agent > overview.agents.programs ? `; they act for ${plural(overview.agents.users, 'user')}, and an agent is a principal for each of them, ${count(overview.principalsByKind.agent)} in all` : ''}.`,
    },
    {
      value: count(credentials),
      label: 'credentials in incidents',
      definition: `Distinct credentials that incident findings name, of ${count(overview.credentials)} seen.`,
    },
    ...when(json.revocation.length > 0, () => ({
      value: stillValidFigure(json.kpis.pivot.stillValid),
      label: 'of them still valid',
      definition: `As of the end of the evidence, of the credentials in the revocation plan that took part in an incident: ${stillValidWords(json.kpis.pivot.stillValid)}.`,
    })),
    ...when(lag !== undefined, () => ({
      value: durationText(lag ?? 0),
      label: 'until it could be noticed',
      definition: `From the first call of an incident to the first on which one of its rules could speak, of the incident for which that took longest; faint ones count where there are no others${lagAlone}.`,
    })),
    ...when(people > 0, () => ({
      value: `≥ ${count(people)}`,
      label: 'people in the answers of an incident',
      definition: `People whose records were in the answers to the calls of ${json.incidents.length === 1 ? 'the incident' : 'one incident, of the one that reached most'}: ${reached === undefined ? '' : peopleText(reached)}.`,
    })),
    {
      value: `${count(json.kpis.agentFacingEndpoints.monitored)} of ${count(json.kpis.agentFacingEndpoints.total)}`,
      label: 'agent-facing endpoints monitored',
      definition: 'Endpoints that agents call, and those of them whose records hold principal, status and time.',
    },
    ...when(overview.specs > 0, () => ({
      value: count(overview.shadowEndpoints),
      label: 'endpoints in no description',
      definition: `Of ${count(json.endpoints.filter(({ calls }) => calls > 0).length)} endpoints called, those that none of the given API descriptions has.`,
    })),
    {
      value: percent(overview.writeCalls, json.coverage.calls),
      label: 'write calls',
      definition:
        'POST, PUT, PATCH and DELETE, save those whose operation inside (MCP, JSON-RPC, GraphQL, gRPC) says that it only reads; as a share of all calls.',
    },
    {
      value: byteText(overview.bytesOut),
      label: 'returned to principals',
      definition: 'Sum of response sizes where the records state one.',
    },
    {
      value: percent(overview.linkedCalls, json.coverage.calls),
      label: 'in proven chains',
      definition:
        'Calls in chains with at least one link that rests on marks or values in the records, as a share of all calls; sessions that time alone holds together are left out.',
    },
    {
      value: json.coverage.calls === 0 ? '–' : percent(json.kpis.authenticatedShare, 1),
      label: 'authenticated',
      definition: 'Calls that came with any credential, as a share of all calls.',
    },
    {
      value: percent(json.coverage.withBodies, json.coverage.calls),
      label: 'with bodies',
      definition: 'Calls whose records hold a request or response body; value flow can be proved only there.',
    },
  ];
}

/** The figures with the version of their definitions, as a comparison takes them. */
export const figuresOfCase = (view: ReportView): FiguresOfCase => ({ version: FIGURES_VERSION, figures: figuresOf(view) });
