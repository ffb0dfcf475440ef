import type { Section } from '../section.ts';
import { code, count, percent, plural, sentence, strong, words } from '../text.ts';

/** What this report cannot say and why. Never empty: "none" is a statement too. */
export const limits: Section = {
  id: 'limits',
  title: 'Limits',
  part: 'body',
  build: ({ json, overview, issuesByCode }) => {
    const calls = json.coverage.calls;
    const inferred = (overview.edgesByKind['nesting'] ?? 0) + (overview.edgesByKind['adjacent'] ?? 0);
    const assumed = json.sources.filter((source) => source.timezone === 'assumed UTC');
    const unread = json.sources.filter((source) => source.format === undefined);
    const warnings = issuesByCode.filter((issue) => issue.severity === 'warning');
    return [
      {
        kind: 'list',
        ordered: false,
        items: [
          sentence(strong('Callers. '), `${plural(calls - json.coverage.withPrincipal, 'call')} (${percent(calls - json.coverage.withPrincipal, calls)}) could not be given to any caller; ${plural(overview.callsByKind.unknown, 'call')} came from callers of unknown kind.`),
          sentence(strong('Bodies. '), `${plural(calls - json.coverage.withBodies, 'call')} (${percent(calls - json.coverage.withBodies, calls)}) have no body in the evidence: what they carried is not known, and no value flow can be proved from or to them.`),
          sentence(strong('Links. '), `${plural(calls - overview.linkedCalls, 'call')} are linked to no other. ${plural(inferred, 'link')} rest on time and address alone and are marked as inferred.`),
          sentence(strong('Times. '), assumed.length === 0 ? 'No zone had to be assumed.' : `In ${plural(assumed.length, 'file')} the times carry no zone and were taken as UTC.`, ' Clocks of different systems were not corrected.'),
          sentence(strong('Files. '), unread.length === 0 ? 'Every file was recognised.' : sentence(`${plural(unread.length, 'file')} were not recognised and not read: `, unread.slice(0, 10).flatMap((source, index) => [...words(index === 0 ? '' : ', '), code(source.name)]), unread.length > 10 ? ' and others.' : '.')),
          sentence(strong('Records. '), overview.records.rejected === 0 ? 'No record was rejected.' : `${plural(overview.records.rejected, 'record')} could not be read; annex B says which and why.`, ` ${warnings.length === 0 ? 'No record was read with a warning.' : `${plural(warnings.reduce((sum, issue) => sum + issue.count, 0), 'record')} were read with a warning.`}`),
          sentence(strong('Secrets. '), 'Credentials are told apart by a keyed fingerprint and shown masked; a secret itself is nowhere in this report or in the case.'),
          sentence(strong('Silence. '), 'That a rule found nothing is not proof that nothing happened: it saw only what these files record.'),
        ],
      },
      {
        kind: 'table',
        caption: `Rules that could not be evaluated: ${count(json.coverage.notEvaluable.length)}`,
        head: [
          { text: 'Rule', align: 'start' },
          { text: 'Why', align: 'start' },
        ],
        rows: json.coverage.notEvaluable.map((entry) => [[code(entry.detector)], words(entry.reason)]),
        omitted: 0,
      },
    ];
  },
};
