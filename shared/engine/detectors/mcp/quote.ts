import { diffWords } from '../../../lib/word-diff.ts';
import type { TextPiece } from '../../../model/exhibit.ts';
import { withoutFingerprints } from '../../intake/masking/token.ts';
import { defang } from '../flow/untrusted.ts';

/** Unchanged text that is shown on each side of what is marked. Units: characters. */
const AROUND = 120;
/** Longest stretch of one piece. Units: characters. */
const LONGEST = 600;

const clean = (text: string): string => defang(withoutFingerprints(text));
const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text);

/** The middle of a long unchanged stretch left out; at the ends of the whole its outer part. */
function folded(text: string, isFirst: boolean, isLast: boolean): string {
  const [before, after] = [isFirst ? 0 : AROUND, isLast ? 0 : AROUND];
  if (text.length <= before + after + 10) return text;
  return `${before === 0 ? '' : text.slice(0, before)} … ${after === 0 ? '' : text.slice(-after)}`;
}

/** A text with one place of it marked; long stretches are folded. */
export function markedPieces(text: string, at: number, length: number): readonly TextPiece[] {
  return [
    { state: 'same' as const, text: folded(clean(text.slice(0, at)), true, false) },
    { state: 'seen' as const, text: cut(clean(text.slice(at, at + length))) },
    { state: 'same' as const, text: folded(clean(text.slice(at + length)), false, true) },
  ].filter((piece) => piece.text !== '');
}

/** What became of a text, word by word; long stretches are folded. */
export function changedPieces(older: string, newer: string): readonly TextPiece[] {
  const pieces = diffWords(clean(older), clean(newer));
  return pieces.map(({ state, text }, index) => ({
    state,
    text: state === 'same' ? folded(text, index === 0, index === pieces.length - 1) : cut(text),
  }));
}

/** The pieces as one text, for those who see no marks: what is gone in `[-…-]`, what is new in `{+…+}`. */
export const spokenPieces = (pieces: readonly TextPiece[]): string =>
  pieces.map(({ state, text }) => (state === 'gone' ? `[-${text}-]` : state === 'new' ? `{+${text}+}` : text)).join('');
