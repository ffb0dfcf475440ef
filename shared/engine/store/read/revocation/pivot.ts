import { greatest, least } from '../../../../lib/extremes.ts';
import type { PivotJson } from '../../../../contract/revocation.ts';
import { countStillValid } from '../../../../model/still-valid.ts';
import { latestDiscovery } from './discovery-lag.ts';
import { longestExposure } from './exposure.ts';
import type { WholePlan } from './plan.ts';

const fewest = (values: readonly number[]): number | undefined => (values.length === 0 ? undefined : least(values));
const most = (values: readonly number[]): number | undefined => (values.length === 0 ? undefined : greatest(values));
const seconds = (ms: number): number => Math.round(ms / 1000);

/**
 * The durations of requirements 25 that evidence alone can give. The analyst's own time needs a clock, which only a signed report has.
 */
export function pivotOf({ facts: { facts, revocations }, entries }: WholePlan): PivotJson {
  const incidents = facts.findings.filter(({ family }) => family === 'incident');
  const exposed = longestExposure(incidents);
  const slowest = latestDiscovery(incidents);
  const guilty = entries.filter(({ row }) => row.role === 'incident');
  const revoked = most(guilty.flatMap(({ record }) => revocations.get(record.id)?.at ?? []));
  const detected = fewest(incidents.flatMap(({ detectedAt }) => detectedAt ?? []));
  const residual = most(guilty.flatMap(({ row }) => (row.containment?.state === 'held' ? 0 : (row.stillValidSeconds ?? []))));
  return {
    stillValid: countStillValid(guilty.map(({ row }) => row)),
    ...(exposed === undefined ? {} : { exposureSeconds: seconds(exposed) }),
    ...(slowest === undefined ? {} : { discoveryLagSeconds: seconds(slowest.lag), discoveryLagFinding: slowest.finding }),
    ...(revoked === undefined || detected === undefined ? {} : { findingToRevocationSeconds: seconds(revoked / 1000 - detected) }),
    ...(residual === undefined ? {} : { residualValiditySeconds: residual }),
  };
}
