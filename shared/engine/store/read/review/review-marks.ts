import type { CallRow } from '../../../../contract/rows.ts';
import type { SqlDriver } from '../../driver.ts';

interface Said {
  readonly kind: 'tag' | 'star' | 'mark' | 'note';
  readonly name: string;
}

/**
 * The rows of a list with what the analyst said about them, under any of their references.
 * Cost: one look whether there is anything at all; then one a reference.
 */
export function withReview(db: SqlDriver, rows: readonly CallRow[]): readonly CallRow[] {
  const any = db
    .prepare('SELECT EXISTS (SELECT 1 FROM review_labelled) OR EXISTS (SELECT 1 FROM review_note) AS found')
    .get<{ found: number }>();
  if (any?.found !== 1) return rows;
  const select = db.prepare(
    `SELECT l.kind AS kind, l.name AS name FROM review_labelled r JOIN review_label l ON l.id = r.label_id WHERE r.source = ? AND r.record = ?
     UNION ALL SELECT 'note', '' FROM review_note WHERE source = ? AND record = ?`,
  );
  return rows.map((row) => {
    const said = [row.ref, ...(row.alsoSeenAs ?? [])].flatMap((ref) => {
      const hash = ref.lastIndexOf('#');
      const [source, record] = [ref.slice(0, hash), Number(ref.slice(hash + 1))];
      return select.all<Said & Record<string, string>>(source, record, source, record);
    });
    return said.length === 0 ? row : { ...row, ...marksOf(said) };
  });
}

function marksOf(said: readonly Said[]): Pick<CallRow, 'tags' | 'starred' | 'marked' | 'notes'> {
  const has = (kind: Said['kind']): boolean => said.some((each) => each.kind === kind);
  const tags = [...new Set(said.filter(({ kind }) => kind === 'tag').map(({ name }) => name))].sort();
  return {
    ...(tags.length === 0 ? {} : { tags }),
    ...(has('star') ? { starred: true } : {}),
    ...(has('mark') ? { marked: true } : {}),
    ...(has('note') ? { notes: said.filter(({ kind }) => kind === 'note').length } : {}),
  };
}
