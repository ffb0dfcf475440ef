import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { playScenario } from '../scenarios/index.ts';
import { loadTruth, type Truth } from '#test/bench/truth/load.ts';

/** The seed of the sample that is kept in the repository. */
export const SAMPLE_SEED = 'acme-2026-09';
export const SAMPLE_NAME = 'acme-shop-incident.zip';
/** Four days of a small shop: enough to learn what is usual, small enough for a repository. */
const DAYS = 4;
const SCALE = 0.22;

export interface SampleOptions {
  readonly seed?: string;
  /** How many times the usual number of visitors. */
  readonly scale?: number;
}

export interface SampleFile {
  readonly path: string;
  readonly text: string;
}

export interface Sample {
  /** By path. */
  readonly files: readonly SampleFile[];
  /** References without the bundle's name: `kong/gateway.jsonl#12`. */
  readonly truth: Truth;
}

function listFiles(folder: string, below = ''): readonly string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? listFiles(folder, path) : [path];
  });
}

/** What the product calls a record of the sample. */
export const toSampleRef = (ref: string): string => `${SAMPLE_NAME}!${ref}`;

/**
 * Plays the sample: the shop, an agent that obeys a ticket, a key that leaked, and everything that is always there.
 * Shape: the same options give the same files on every machine.
 */
export function makeSample({ seed = SAMPLE_SEED, scale = 1 }: SampleOptions = {}): Sample {
  const folder = mkdtempSync(join(tmpdir(), 'spoor-sample-'));
  try {
    const { evidence } = playScenario({
      world: 'shop',
      seed,
      days: DAYS,
      scale: SCALE * scale,
      folder,
      incidents: [
        { id: 'injected-agent', form: 'loud' },
        { id: 'secret-leak', form: 'quiet' },
      ],
    });
    const files = listFiles(evidence).map((path) => ({ path, text: readFileSync(join(evidence, path), 'utf8') }));
    return { files: files.toSorted((left, right) => (left.path < right.path ? -1 : 1)), truth: loadTruth(folder) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
