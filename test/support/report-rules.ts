import type { ReportView } from '#shared/engine/report/section.ts';

/** The rules that the sample of a report was made with. */
export const SAMPLE_RULES: ReportView['detectorSettings'] = [
  {
    detector: 'sensitive-read-to-external-write',
    title: 'Sensitive data sent outside',
    version: 1,
    question: 'Was sensitive data read and then sent to a foreign host?',
    settings: [{ name: 'look-back', value: '30 min', why: 'the longest pause between steps of one task' }],
  },
  { detector: 'jwt-lifetime', title: 'Long-lived access token', version: 1, question: 'Do tokens live too long?', settings: [] },
  {
    detector: 'shadow-endpoint',
    title: 'Endpoint in no description',
    version: 1,
    question: 'Are endpoints called that no description has?',
    settings: [],
  },
];
