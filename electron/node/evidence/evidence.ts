import { join } from 'node:path';
import { AppError } from '#shared/contract/errors.ts';
import type { EvidencePort } from '#shared/engine/ports.ts';
import { archiveLimits } from './limits.ts';
import { listFolder } from './names.ts';
import { Plan, toExpanded } from './plan.ts';
import { createSpill, createUnpackBudget } from './spill.ts';
import { inspectPath } from './stream.ts';

export interface EvidenceOptions {
  /** Where archives that have to be unpacked are unpacked to while they are read. */
  readonly tempRoot?: string;
  readonly maxUnpackedBytes?: number;
}

/**
 * Evidence on this machine's disks.
 * Shape:  everything is looked at before the first source is given out, so that names do not depend on the order of paths; sources
 *         come sorted by name. A source can be read until the next one after the last was asked for: unpacked archives are deleted then.
 */
export function createEvidencePort(options: EvidenceOptions = {}): EvidencePort {
  return {
    async size(requests) {
      let total = 0;
      for (const request of requests) total += await sizeOnDisk(request.path);
      return total;
    },
    async *expand(requests, signal, { only, look: isLook = false, limits: raised, onBytes, onPlanned } = {}) {
      const spill = createSpill(options.tempRoot, signal);
      const limits = archiveLimits({ unpackedBytes: options.maxUnpackedBytes, ...raised });
      const budget = createUnpackBudget(limits.unpackedBytes);
      const check = (): void => {
        if (signal.aborted) throw signal.reason instanceof AppError ? signal.reason : new AppError('cancelled', 'cancelled on request');
      };
      const plan = new Plan({ check, spill, budget, only, isLook, limits, onBytes: onBytes ?? (() => undefined) });
      try {
        for (const request of requests) await plan.add(request);
        const items = await plan.finish();
        onPlanned?.(items.flatMap((item) => (item.kind === 'source' ? [{ name: item.name, size: item.bytes.size }] : [])));
        for (const item of items) {
          check();
          yield toExpanded(item, budget, isLook);
        }
      } finally {
        await spill.close();
      }
    },
  };
}

/** The port with its defaults, as every host uses it. */
export const nodeEvidence: EvidencePort = createEvidencePort();

/** Bytes of a file or of all files under a folder; what cannot be looked at counts as nothing, `expand` reports it. */
async function sizeOnDisk(path: string): Promise<number> {
  const found = await inspectPath(path, path);
  if (!('stats' in found)) return 0;
  if (!found.stats.isDirectory()) return found.stats.size;
  let total = 0;
  for (const child of await listFolder(path)) total += typeof child === 'string' ? await sizeOnDisk(join(path, child)) : 0;
  return total;
}
