import type { PacketFile } from '../../../contract/revocation.ts';
import type { PacketEntry } from './packet-entry.ts';
import { plainText } from './quote.ts';

function lines({ row, siblings, checklist, knownAs }: PacketEntry): readonly string[] {
  const { about, breaks } = row;
  const who = breaks.map(
    ({ label, calls, operations }) => `${plainText(label)} (${String(calls)} calls on ${String(operations)} endpoints)`,
  );
  return [
    `${String(row.order)}. ${row.credential}  ${about.kind}  ${plainText(about.masked)}`,
    `   Holder:       ${about.holder === undefined ? 'unknown' : plainText(about.holder)}`,
    ...knownAs.map(({ name, value, call }) => `   Known as:     ${name} ${plainText(value)} (record ${plainText(call)})`),
    `   Why:          ${row.reason}`,
    `   Score:        ${String(row.score)} = ${row.terms.map(({ name, points }) => `${name} ${String(points)}`).join(' + ')}`,
    `   What breaks:  ${who.length === 0 ? 'nothing that the evidence shows' : who.slice(0, 8).join('; ')}`,
    ...(row.rotateAfter.length === 0 ? [] : [`   Only after:   ${row.rotateAfter.join(', ')}`]),
    ...(siblings.length === 0 ? [] : [`   Same holder:  ${siblings.join(', ')}`]),
    ...checklist.map(({ text, done }) => `   [${done ? 'x' : ' '}] ${text}`),
    '',
  ];
}

/** The plan as a list to be worked through on paper. */
export const checklist = (entries: readonly PacketEntry[]): readonly PacketFile[] => [
  { name: 'checklist.txt', text: ['Revocation, in this order', '', ...entries.flatMap(lines)].join('\n') },
];
