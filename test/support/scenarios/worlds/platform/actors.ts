import { anonymous, crawler, healthChecks, scanners, tinkerers } from '../../actors/noise.ts';
import { crowd, job } from '../../actors/people.ts';
import { MINUTE_MS } from '../../core/calendar.ts';
import type { Stage } from '../../core/stage.ts';
import type { Actor } from '../../core/world.ts';
import { answerDesk, bookkeeping, coding, release, triage } from './agents.ts';
import { administration, clientRun, consoleVisit, deskDuty, engineering } from './journeys.ts';
import { jobs, pushBuild } from './jobs.ts';
import { CODERS, CUSTOMER_PROGRAMS, partiesOf } from './parties.ts';
import { CUSTOMERS, RECORDED } from './people.ts';

/** Half of those customers live in the one zone and half in the other. */
const anyOf = (zone: 0 | 1) => (random: { int(low: number, high: number): number }) => 2 * random.int(0, CUSTOMERS / 2 - 1) + zone;

function people(stage: Stage): readonly Actor[] {
  const { customer, engineer, administrator } = partiesOf(stage);
  const india = { zone: 'Asia/Kolkata', rhythm: 'office' } as const;
  const coast = { zone: 'America/Los_Angeles', rhythm: 'office' } as const;
  return [
    crowd({ ...india, id: 'bengaluru', visitsADay: 40, who: (random) => engineer(2 * random.int(0, 8)), visit: engineering }),
    crowd({ ...coast, id: 'california', visitsADay: 28, who: (random) => engineer(2 * random.int(0, 6) + 1), visit: engineering }),
    crowd({ ...india, id: 'desk-duty', visitsADay: 12, who: (random) => engineer(2 * random.int(0, 2)), visit: deskDuty }),
    crowd({ ...india, id: 'administration', visitsADay: 3, who: () => administrator, visit: administration }),
    crowd({ ...india, id: 'console-india', visitsADay: 32, who: (random) => customer(anyOf(0)(random)), visit: consoleVisit }),
    crowd({ ...coast, id: 'console-california', visitsADay: 34, who: (random) => customer(anyOf(1)(random)), visit: consoleVisit }),
    crowd({ ...coast, id: 'recorded-console', visitsADay: 4, who: () => customer(RECORDED), visit: consoleVisit }),
  ];
}

function programs(stage: Stage): readonly Actor[] {
  const { customerProgram, buildTrigger, coder, deskAgent, releaseAgent, triageAgent, delegate } = partiesOf(stage);
  const india = { zone: 'Asia/Kolkata', rhythm: 'office' } as const;
  const coast = { zone: 'America/Los_Angeles', rhythm: 'office' } as const;
  const always = { zone: 'Asia/Kolkata', rhythm: 'steady' } as const;
  return [
    crowd({
      ...always,
      id: 'clients',
      visitsADay: 26,
      who: (random) => customerProgram(random.int(0, CUSTOMER_PROGRAMS - 1)),
      visit: clientRun,
    }),
    crowd({ ...india, id: 'pushes-india', visitsADay: 11, who: () => buildTrigger, visit: pushBuild }),
    crowd({ ...coast, id: 'pushes-california', visitsADay: 8, who: () => buildTrigger, visit: pushBuild }),
    crowd({ ...india, id: 'coders-india', visitsADay: 9, who: (random) => coder(2 * random.int(0, CODERS / 2 - 1)), visit: coding }),
    crowd({
      ...coast,
      id: 'coders-california',
      visitsADay: 7,
      who: (random) => coder(2 * random.int(0, CODERS / 2 - 1) + 1),
      visit: coding,
    }),
    crowd({ ...always, id: 'desk-agent', visitsADay: 16, who: () => deskAgent, visit: answerDesk }),
    crowd({ ...always, id: 'release-agent', visitsADay: 9, who: () => releaseAgent, visit: release }),
    crowd({ ...always, id: 'triage-agent', visitsADay: 9, who: () => triageAgent, visit: triage }),
    crowd({ ...coast, id: 'ledgerly', visitsADay: 6, who: () => delegate, visit: bookkeeping }),
  ];
}

/** Everything that happens on the platform on ordinary days. */
export function platformActors(stage: Stage): readonly Actor[] {
  return [
    ...people(stage),
    ...programs(stage),
    ...jobs(stage),
    ...healthChecks('healthz', ['172.20.1.3']),
    job({
      id: 'uptime',
      party: anonymous('uptime', 'service', '203.0.113.9', 'StatusLantern/3 (+https://statuslantern.example/)'),
      every: 15 * MINUTE_MS,
      phase: MINUTE_MS,
      run: (session) => {
        session.call('ping', { responseBytes: 26 });
      },
    }),
    crawler('listPackages', 'getPackage', '192.0.2.81'),
    scanners('open'),
    tinkerers('listPackages', 'getPackage'),
  ];
}
