import type { FindingJson, NotEvaluable, PartlyEvaluable } from '#shared/contract/report-json.ts';
import { runDetectors } from '#shared/engine/detectors/run.ts';
import { baselinePass } from '#shared/engine/passes/baseline.ts';
import { credentialsPass } from '#shared/engine/passes/credentials.ts';
import { chainsPass } from '#shared/engine/passes/chains.ts';
import { inventoryPass } from '#shared/engine/passes/inventory.ts';
import { revocationsPass } from '#shared/engine/passes/revocations.ts';
import { signalsPass } from '#shared/engine/passes/signals.ts';
import { listFindings, listNotEvaluable, listPartlyEvaluable } from '#shared/engine/store/read/findings/findings.ts';
import { caseFromText, type TextCase, type TextOptions } from './calls-from-text.ts';

export interface Detected extends TextCase {
  readonly findings: readonly FindingJson[];
  readonly notEvaluable: readonly NotEvaluable[];
  readonly partlyEvaluable: readonly PartlyEvaluable[];
}

/** Runs chains, baseline, signals, inventory and the named detectors over a text of calls; `prepare` may add what the text cannot say. */
export async function detect(
  only: readonly string[],
  text: string,
  options: TextOptions = {},
  prepare?: (made: TextCase) => void,
): Promise<Detected> {
  const made = caseFromText(text, options);
  prepare?.(made);
  await chainsPass.run(made.context);
  await baselinePass.run(made.context);
  await signalsPass.run(made.context);
  await inventoryPass.run(made.context);
  await credentialsPass.run(made.context);
  await revocationsPass.run(made.context);
  await runDetectors(made.db, { only, breathe: made.context.breathe, codec: made.context.codec });
  return {
    ...made,
    findings: listFindings(made.db),
    notEvaluable: listNotEvaluable(made.db),
    partlyEvaluable: listPartlyEvaluable(made.db),
  };
}
