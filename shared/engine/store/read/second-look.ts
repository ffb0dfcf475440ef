import { compareLooks, lookWords, type SecondLook } from '../../../model/second-look.ts';
import type { SqlDriver } from '../driver.ts';
import { getMeta, setMeta } from '../meta.ts';
import { baselineInputs } from './baseline-choice.ts';
import { listFindings } from './findings/findings.ts';

const KEY = 'second_look';
/** Set while the findings of the case were written beside the look. */
const SHOWN = 'second_look_shown';

/** What a look is good for: this evidence, these rules and this choice of what is usual. */
const stampOf = (db: SqlDriver, rules: string): string => `${rules} ${baselineInputs(db)}`;

/** The last second look, as long as nothing that it rests on has changed; undefined where none was taken. `rules`: what the findings rest on. */
export function readSecondLook(db: SqlDriver, rules: string): SecondLook | undefined {
  const text = getMeta(db, KEY);
  if (text === undefined) return undefined;
  // Written below.
  const { stamp, look } = JSON.parse(text) as { readonly stamp: string; readonly look: SecondLook };
  return stamp === stampOf(db, rules) ? look : undefined;
}

/** Keeps what a second look told. */
export const keepSecondLook = (db: SqlDriver, rules: string, look: SecondLook): void => {
  setMeta(db, KEY, JSON.stringify({ stamp: stampOf(db, rules), look }));
};

/** Notes whether the findings as they stand were written beside the look. */
export const showSecondLook = (db: SqlDriver, isShown: boolean): void => {
  setMeta(db, SHOWN, isShown ? '1' : '0');
};

/** What the second look beside the findings came to, in words; undefined where there is none. */
export function secondLookWords(db: SqlDriver): string | undefined {
  const text = getMeta(db, KEY);
  if (text === undefined || getMeta(db, SHOWN) !== '1') return undefined;
  // Written above.
  const { look } = JSON.parse(text) as { readonly look: SecondLook };
  return lookWords(compareLooks(listFindings(db), look), `${look.to.slice(0, 16).replace('T', ' ')} UTC`);
}
