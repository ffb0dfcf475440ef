import { chainsPass } from '#shared/engine/passes/chains.ts';
import { endpointsPass } from '#shared/engine/passes/endpoints.ts';
import { principalsPass } from '#shared/engine/passes/principals.ts';
import { caseKey } from '#shared/engine/store/open.ts';
import { memoryCase } from '#test/support/case.ts';
import { importText } from '#test/support/import-text.ts';
import { passContext } from '#test/support/seed-calls.ts';

/** An edge of the product between two records: `name#number`, counted from 1. */
export interface SaidEdge {
  readonly from: string;
  readonly to: string;
  readonly kinds: readonly string[];
  readonly confidence: number;
  readonly why: string;
}

/** What the product says of some evidence. */
export interface Said {
  readonly edges: readonly SaidEdge[];
  /** Records that show one request, the one that stands for it first. */
  readonly same: readonly (readonly [standing: string, other: string])[];
}

/** Imports files by name as one case and analyses them as far as chains. */
export async function chainsOf(files: Readonly<Record<string, string>>): Promise<Said> {
  const db = memoryCase();
  for (const [name, text] of Object.entries(files)) await importText(db, name, text);
  for (const pass of [principalsPass, endpointsPass, chainsPass]) await pass.run({ ...passContext(db), caseKey: caseKey(db) });
  const REF = (call: string, source: string): string => `${source}.name || '#' || ${call}.record`;
  const edges = db
    .prepare(
      `SELECT ${REF('a', 's')} AS "from", ${REF('b', 't')} AS "to", e.kinds, e.confidence, e.why FROM edge e
         JOIN call a ON a.id = e.from_call JOIN source s ON s.id = a.source_id
         JOIN call b ON b.id = e.to_call JOIN source t ON t.id = b.source_id WHERE e.kind <> 'adjacent' ORDER BY e.id`,
    )
    .all<Omit<SaidEdge, 'kinds'> & { readonly kinds: string }>()
    // Written by the pass as a list of kinds.
    .map((edge) => ({ ...edge, kinds: JSON.parse(edge.kinds) as readonly string[] }));
  const same = db
    .prepare(
      `SELECT ${REF('a', 's')} AS standing, ${REF('b', 't')} AS other FROM call_fact f
         JOIN call a ON a.id = f.same_as JOIN source s ON s.id = a.source_id
         JOIN call b ON b.id = f.call_id JOIN source t ON t.id = b.source_id ORDER BY b.id`,
    )
    .all<{ readonly standing: string; readonly other: string }>()
    .map(({ standing, other }) => [standing, other] as const);
  db.close();
  return { edges, same };
}
