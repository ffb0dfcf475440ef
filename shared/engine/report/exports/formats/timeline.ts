import type { CallJson } from '../../../../contract/report-json.ts';
import { canonicalJson } from '../../../../lib/canonical-json.ts';
import { epochMicrosOf, sayCall } from '../call-words.ts';
import type { ExportSource, FileFormat } from '../export-format.ts';
import { selectedCalls } from '../selected-calls.ts';

const DESCRIPTIONS: Readonly<Record<CallJson['timeKind'], string>> = {
  start: 'Call Started',
  end: 'Call Ended',
  unknown: 'Call Logged',
};

/** Findings whose evidence a call is, by its reference. */
function findingsByCall({ view }: ExportSource): ReadonlyMap<string, readonly string[]> {
  const byCall = new Map<string, string[]>();
  for (const { calls, detector, status } of view.json.findings) {
    if (status === 'dismissed') continue;
    for (const ref of calls) byCall.set(ref, [...new Set([...(byCall.get(ref) ?? []), detector])]);
  }
  return byCall;
}

/** Calls and findings in time, as Timesketch reads them: `message`, `datetime` and `timestamp_desc` in every line. */
export const timeline: FileFormat = {
  kind: 'file',
  ofCalls: true,
  id: 'timeline',
  title: 'Timesketch timeline',
  holds:
    'Every call with a time, tagged with its findings, and every finding at the call that crossed the line: one JSON object a line for Timesketch. Calls without a time are left out.',
  ending: 'timeline.jsonl',
  async write(source, output) {
    const findings = findingsByCall(source);
    for (const { id, title, detector, severity, confidence, detectedAt, status } of source.view.json.findings) {
      if (detectedAt === undefined || status === 'dismissed') continue;
      output.write(
        `${canonicalJson({ message: title, datetime: detectedAt, timestamp: epochMicrosOf(detectedAt), timestamp_desc: 'Finding', data_type: 'spoor:finding', finding: id, detector, severity, confidence, tag: [severity, detector] })}\n`,
      );
    }
    for (const call of selectedCalls(source)) {
      await source.breathe();
      const { time, timeKind, ...rest } = call;
      if (time === undefined) continue;
      const tag = findings.get(call.ref);
      output.write(
        `${canonicalJson({ ...rest, message: sayCall(call), datetime: time, timestamp: epochMicrosOf(time), timestamp_desc: DESCRIPTIONS[timeKind], data_type: 'spoor:call', ...(tag === undefined ? {} : { tag }) })}\n`,
      );
    }
  },
};
