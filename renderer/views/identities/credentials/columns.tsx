import type { ReactNode } from 'react';
import type { CredentialRow } from '#shared/contract/credentials.ts';
import { matching } from '../../../query/queries.ts';
import { GoLink } from '../../../state/go-link.tsx';
import { toCalls, toPrincipal } from '../../../state/places.ts';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { formatCount } from '../../../widgets/format.ts';
import { MiddleText } from '../../../widgets/middle-text.tsx';
import { TimeText } from '../../../widgets/numbers.tsx';
import { SeverityMark } from '../../../widgets/severity-mark.tsx';
import type { Column } from '../../../widgets/table/table-column.ts';
import { signedWords, spanText } from './words.ts';

const none = (text: string): ReactNode => <span className="faint">{text}</span>;
const column = (
  id: string,
  title: string,
  width: string,
  cell: (row: CredentialRow) => ReactNode,
  look: Pick<Column<CredentialRow>, 'align' | 'sortable'> = { sortable: true },
): Column<CredentialRow> => ({ id, title, width, cell, ...look });
const NUMBER = { align: 'end', sortable: true } as const;

/** Every column of the table of credentials. Ids of sortable ones are those of `credentialSorts`. */
export const credentialColumns: readonly Column<CredentialRow>[] = [
  column('credential', 'Credential', 'minmax(140px, 1fr)', ({ id, masked }) => <span className="mono">{id} <span className="faint"><EvidenceText text={masked} /></span></span>),
  column('owner', 'Used by', 'minmax(110px, 1fr)', ({ principal, principalLabel }) => principal === undefined ? none('nobody') : <GoLink to={toPrincipal(principal)}><MiddleText text={principalLabel ?? principal} tail={10} /></GoLink>),
  column('kind', 'Kind', '72px', ({ kind }) => kind),
  column('calls', 'Calls', '60px', ({ id, calls = 0 }) => calls === 0 ? none('0') : <GoLink to={toCalls(matching('credential', id))}>{formatCount(calls)}</GoLink>, NUMBER),
  column('contexts', 'Contexts', '76px', ({ contexts }) => formatCount(contexts), NUMBER),
  column('lifetime', 'Lifetime', '76px', ({ lifetimeSeconds, kind }) => lifetimeSeconds === undefined ? none(kind === 'jwt' ? 'no end' : 'unknown') : spanText(lifetimeSeconds), NUMBER),
  column('signature', 'Signature', '80px', (row) => signedWords(row)?.title ?? none('no token')),
  column('silence', 'Longest silence', '116px', ({ longestSilenceSeconds }) => longestSilenceSeconds === undefined ? none('none') : spanText(longestSilenceSeconds), NUMBER),
  column('exposures', 'Exposed', '72px', ({ exposures = 0 }) => exposures === 0 ? none('0') : formatCount(exposures), NUMBER),
  column('issues', 'Weak', '52px', ({ issues }) => issues.length === 0 ? none('0') : <span title={issues.join(', ')}>{formatCount(issues.length)}</span>, NUMBER),
  column('findings', 'Findings', '76px', ({ findings, severity }) => severity === undefined ? none('0') : <><SeverityMark severity={severity} word={false} /> {formatCount(findings)}</>, NUMBER),
  column('first', 'First use (UTC)', '150px', ({ firstUse }) => firstUse === undefined ? none('never') : <TimeText time={firstUse} to="min" />),
  column('last', 'Last use (UTC)', '150px', ({ lastUse }) => lastUse === undefined ? none('never') : <TimeText time={lastUse} to="min" />),
]; // prettier-ignore

/** Shown before the analyst chooses. */
export const USUAL_COLUMNS = [
  'credential',
  'owner',
  'findings',
  'calls',
  'contexts',
  'lifetime',
  'signature',
  'exposures',
  'issues',
] as const;
