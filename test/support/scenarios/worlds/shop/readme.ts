import { SOURCES } from './sources.ts';

/** What the team believes of each clock; it does not know of the pod that nobody sets. */
const CLOCKS: Readonly<Record<string, string>> = {
  'kong/gateway.jsonl': 'UTC, NTP, right to the millisecond',
  'nginx/access.log': 'local time (Europe/Berlin), NTP',
  'envoy/sidecar.jsonl': 'UTC, NTP, all pods alike',
  'otel/spans.jsonl': 'UTC, NTP',
  'agent-host/support-agent.har': 'UTC, clock of the virtual machine',
  'agent-host/ops-agent.har': 'UTC, clock of the virtual machine',
  'captures/customer-browser.har': "clock of the customer's computer, not checked",
};

/** The note that came with the files. Shape: plain text, a line for each source. */
export const README = [
  'Collected on 2026-10-05, by the platform team.',
  '',
  ...SOURCES.map(({ path }) => `${path.padEnd(32)}${CLOCKS[path] ?? 'clock unknown'}`),
  '',
].join('\n');
