import { crawler, healthChecks, scanners, tinkerers } from '../../actors/noise.ts';
import { crowd } from '../../actors/people.ts';
import type { Stage } from '../../core/stage.ts';
import type { Actor } from '../../core/world.ts';
import { fillGaps, triageMessage } from './agents.ts';
import { CLINICS } from './catalogue.ts';
import { houseJobs, partnerJobs } from './jobs.ts';
import { administration, deskWork, patientVisit } from './journeys.ts';
import { partiesOf, PEOPLE, RECORDED } from './parties.ts';

/** Everything that happens in the clinics on ordinary days. */
export function clinicActors(stage: Stage): readonly Actor[] {
  const { patient, lisbonStaff, singaporeStaff, administrator, triage, scheduler } = partiesOf(stage);
  return [
    crowd({
      id: 'lisbon',
      zone: 'Europe/Lisbon',
      rhythm: 'traveller',
      visitsADay: 112,
      who: (random) => patient(2 * random.int(0, PEOPLE / 2 - 1)),
      visit: patientVisit,
    }),
    crowd({
      id: 'singapore',
      zone: 'Asia/Singapore',
      rhythm: 'shopper',
      visitsADay: 84,
      who: (random) => patient(2 * random.int(0, PEOPLE / 2 - 1) + 1),
      visit: patientVisit,
    }),
    // The help desk asked her to record what goes wrong, so she comes more often than others.
    crowd({
      id: 'recorded',
      zone: 'Europe/Lisbon',
      rhythm: 'shopper',
      visitsADay: 5,
      who: () => patient(RECORDED),
      visit: patientVisit,
    }),
    crowd({
      id: 'desk-lisbon',
      zone: 'Europe/Lisbon',
      rhythm: 'office',
      visitsADay: 44,
      who: (random) => random.pick(lisbonStaff),
      visit: deskWork(CLINICS.slice(0, 4)),
    }),
    crowd({
      id: 'desk-singapore',
      zone: 'Asia/Singapore',
      rhythm: 'office',
      visitsADay: 32,
      who: (random) => random.pick(singaporeStaff),
      visit: deskWork(CLINICS.slice(4)),
    }),
    crowd({
      id: 'administration',
      zone: 'Europe/Lisbon',
      rhythm: 'office',
      visitsADay: 3,
      who: () => administrator,
      visit: administration,
    }),
    crowd({ id: 'triage-agent', zone: 'Europe/Lisbon', rhythm: 'traveller', visitsADay: 34, who: () => triage, visit: triageMessage }),
    crowd({ id: 'scheduling-agent', zone: 'Asia/Singapore', rhythm: 'office', visitsADay: 14, who: () => scheduler, visit: fillGaps }),
    ...houseJobs(stage),
    ...partnerJobs(stage),
    ...healthChecks('status', ['10.60.0.4', '10.60.0.5']),
    crawler('home', 'clinicPage', '192.0.2.79'),
    scanners('fhir'),
    scanners('site'),
    scanners('staff'),
    tinkerers('listClinics', 'getClinic'),
  ];
}
