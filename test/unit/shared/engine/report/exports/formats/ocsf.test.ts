import { expect, test } from 'vitest';
import type { ReportView } from '#shared/engine/report/section.ts';
import { memoryCase } from '#test/support/case.ts';
import { exportLines } from '#test/support/exported.ts';
import { harFromCalls } from '#test/support/har-from-calls.ts';
import { importText } from '#test/support/import-text.ts';
import { ocsfFaults } from '#test/support/ocsf-rules.ts';
import { sampleReportView } from '#test/support/report-view.ts';

const findings = async (): Promise<readonly Readonly<Record<string, unknown>>[]> =>
  (await exportLines(memoryCase(), 'ocsf', { view: sampleReportView() })).filter((event) => event['class_uid'] === 2004);

test('every finding is an event that keeps the rules of its class', async () => {
  const events = await findings();
  expect(events).toHaveLength(sampleReportView().json.findings.length);
  for (const event of events) expect(ocsfFaults(event)).toEqual([]);
});

test('a sub-technique stands below its technique', async () => {
  const view = sampleReportView();
  const [finding] = view.json.findings;
  if (finding === undefined) throw new Error('no finding');
  const maps = { ...finding.maps, attack: ['T1078', 'T1550.001'], atlas: ['AML.T0051.001'] };
  const [event] = await exportLines(memoryCase(), 'ocsf', { view: { ...view, json: { ...view.json, findings: [{ ...finding, maps }] } } });
  expect(event).toHaveProperty('finding_info.attacks', [
    { technique: { uid: 'T1078' } },
    { technique: { uid: 'T1550' }, sub_technique: { uid: 'T1550.001' } },
    { technique: { uid: 'AML.T0051' }, sub_technique: { uid: 'AML.T0051.001' } },
  ]);
});

test('a caller is an address only where it is one', async () => {
  const view = sampleReportView();
  const callers = async (clientIp: string): Promise<unknown> => {
    const call: ReportView['call'] = (ref) => {
      const found = view.call(ref);
      return found === undefined ? undefined : { ...found, clientIp };
    };
    const [event = {}] = await exportLines(memoryCase(), 'ocsf', { view: { ...view, call } });
    expect(ocsfFaults(event)).toEqual([]);
    return (event['evidences'] as readonly { readonly src_endpoint: unknown }[])[0]?.src_endpoint;
  };
  expect(await callers('192.0.2.7:5000')).toEqual({ ip: '192.0.2.7' });
  expect(await callers('address-03.1')).toEqual({ name: 'address-03.1' });
});

test('a receiver is a host name, an address, or a name that no host may have', async () => {
  const db = memoryCase();
  const urls = ['https://api.shop.test:8443/a', 'https://[2001:db8::7]/b', 'https://my_host/c'];
  await importText(db, 'a.har', harFromCalls(urls.map((url, at) => ({ at, url }))));
  const events = (await exportLines(db, 'ocsf')).filter((event) => event['class_uid'] === 6003);
  for (const event of events) expect(ocsfFaults(event)).toEqual([]);
  expect(events.map((event) => event['dst_endpoint'])).toEqual([
    { hostname: 'api.shop.test', port: 8443 },
    { ip: '2001:db8::7' },
    { name: 'my_host' },
  ]);
});

test.each([
  ['an event without its finding', (event: object) => ({ ...event, finding_info: undefined }), 'finding_info'],
  ['an enum beside its values', (event: object) => ({ ...event, severity_id: 7 }), '/severity_id'],
  ['a time in seconds with a fraction', (event: object) => ({ ...event, time: 1.5 }), '/time'],
  ['a type of another class', (event: object) => ({ ...event, type_uid: 600301 }), 'type_uid'],
  ['evidence that says nothing', (event: object) => ({ ...event, evidences: [{}] }), '/evidences/0'],
  ['an analytic of no type', (event: object) => ({ ...event, finding_info: { uid: 'x', title: 'y', analytic: { uid: 'z' } } }), 'type_id'],
  ['a pseudonym as an address', (event: object) => ({ ...event, evidences: [{ src_endpoint: { ip: 'address-03.1' } }] }), '/ip'],
  ['an attribute that the class has not', (event: object) => ({ ...event, motto: 'x' }), 'additional'],
])('the rules refuse %s', async (_, spoil, said) => {
  const [event = {}] = await findings();
  expect(ocsfFaults(JSON.parse(JSON.stringify(spoil(event))) as Record<string, unknown>).join()).toContain(said);
});
