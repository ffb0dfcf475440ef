import type { CryptoPort } from '../ports.ts';
import { printSign } from './personal/data-signs.ts';
import { estimateBits } from './masking/entropy.ts';
import { isSpread } from './masking/lone-secrets.ts';
import type { SecretType } from './masking/token.ts';
import type { SeenData, SeenExposure, SeenValue } from './masking/masked-call.ts';
import { isPlainWord } from './masking/opaque.ts';
import { createRecent } from './recent.ts';
import { passagesOf } from './passages.ts';
import { fingerprintNumber, valueFingerprint, valueForms } from './value-forms.ts';
import type { Secret } from './masking/secret.ts';

/** Values kept of one body or header list; what comes after is no longer looked for. */
export const MAX_VALUES = 5000;
/** Units: characters. */
export const MAX_VALUE_LENGTH = 256;
const MIN_VALUE_LENGTH = 5;
const MIN_LENGTH_WITH_DIGIT = 4;

/** Types of secret that are a kind of data of their own in reports; the others are only masked. */
const DATA_TYPES = new Set<SecretType>(['jwt', 'api-key', 'password', 'session-token', 'private-key', 'secret', 'payment-card']);
/** Types whose place can be wrong. Codes and signatures are made to be sent around; a card number is data, not a credential. */
const EXPOSABLE = new Set<SecretType>(['jwt', 'api-key', 'password', 'session-token', 'private-key', 'secret']);

/** How a place relates to the secrets in it. `issued` and `presented`: where logins and token exchanges belong. */
export type Belonging = 'misplaced' | 'issued' | 'presented' | 'own';

/** What one call turns out to hold, gathered while it is masked. */
export interface CallNotes {
  /** Secrets met so far, by their text: what the raw record must not show either. */
  readonly secrets: ReadonlyMap<string, Secret>;
  /** Secrets that may stand elsewhere without a name, each with the field that named it. */
  readonly named: readonly { readonly field: string; readonly secret: Secret }[];
  readonly values: readonly SeenValue[];
  readonly exposures: readonly SeenExposure[];
  data(): readonly SeenData[];
  /** Notes a secret: `pointer` is the exact place, `field` the place in every item. */
  secret(side: SeenData['side'], pointer: string, field: string, secret: Secret, belonging: Belonging): void;
  /** Notes what may be a secret: masked like one, said to be one only if its whole field looks so. */
  doubt(side: SeenValue['side'], pointer: string, field: string, secret: Secret): void;
  value(side: SeenValue['side'], pointer: string, text: string): void;
  kind(side: SeenData['side'], field: string, type: string, count?: number): void;
}

/** By what a value is known again, and how hard that is to guess. Units: bits. */
interface ValuePrint {
  readonly fingerprint: number;
  readonly bits: number;
}

/** Remembers the prints of values, which repeat a great deal between calls: of the text itself, of what it stands for and of its passages. */
export type ValuePrinter = (text: string) => readonly ValuePrint[];

/** What a passage is taken to hold, whatever its words: it does not repeat by chance, but a form letter does. Units: bits. */
const PASSAGE_BITS = 48;
/** Longer texts whose passages are remembered: a prompt comes again with every call, and thousands of whole bodies would fill the memory. */
const MAX_LONG = 100;
/** Letters and digits without a blank: an id, which some program may write in small letters. */
const ID = /^(?=.*\d)[A-Za-z0-9][A-Za-z0-9._:-]*$/;
/** A code in capitals of several parts, as goods and bookings have. Without a hyphen it may be any word of an enumeration. Example: `SKU-PBEHPG`. */
const CODE = /^[A-Z]{2,12}(?:-[A-Z]{2,12})*-[A-Z]{5,12}$/;
/** Words and numbers are no encoding of anything. */
const PLAIN = /^(?:[a-z]+|\d+)$/;

/** A printer for one import. */
export function createValuePrinter(crypto: CryptoPort, caseKey: Uint8Array): ValuePrinter {
  const print = (text: string, bits = estimateBits(text)): ValuePrint => ({ fingerprint: valueFingerprint(crypto, caseKey, text), bits });
  const passages = (text: string): readonly ValuePrint[] => passagesOf(text).map((passage) => print(passage, PASSAGE_BITS));
  const recent = createRecent(20_000, (text): readonly ValuePrint[] => [
    ...(isLinkable(text) ? [text, ...otherForms(text)].map((form) => print(form)) : []),
    ...passages(text),
  ]);
  const recentLong = createRecent(MAX_LONG, passages);
  return (text) => (text.length > MAX_VALUE_LENGTH ? recentLong : recent).get(text);
}

/** What a value stands for when it is an encoding, and an id or a code in small letters. */
function otherForms(text: string): readonly string[] {
  if (PLAIN.test(text)) return [];
  const lower = text.toLowerCase();
  // A plus is a blank in URLs only; the one before a telephone number is no encoding.
  const spaced = text.replaceAll('+', ' ');
  return valueForms(text).filter((form) => form !== text && form !== spaced && (form !== lower || ID.test(text) || CODE.test(text)));
}

/** True for a text that can prove that it came from another call: long enough, or short with a digit. */
export const isLinkable = (text: string): boolean =>
  text.length <= MAX_VALUE_LENGTH && (text.length >= MIN_VALUE_LENGTH || (text.length >= MIN_LENGTH_WITH_DIGIT && /\d/.test(text)));

/** A name that is longer is no name, and would be kept once for each of the secrets that stand in it. Units: UTF-16 code units. */
const MAX_PLACE = 1000;
const placeOf = (pointer: string): string => (pointer.length > MAX_PLACE ? `${pointer.slice(0, MAX_PLACE)}…` : pointer);

/** Fresh notes for one call. */
export function createCallNotes(print: ValuePrinter): CallNotes {
  const secrets = new Map<string, Secret>();
  const named: { field: string; secret: Secret }[] = [];
  const values: SeenValue[] = [];
  const exposures: SeenExposure[] = [];
  const data = new Map<string, { side: SeenData['side']; pointer: string; type: string; count: number }>();
  const perSide = { request: 0, response: 0 };

  const kind = (side: SeenData['side'], place: string, type: string, count = 1): void => {
    const pointer = placeOf(place);
    const key = `${side} ${type} ${pointer}`;
    const known = data.get(key);
    if (known === undefined) data.set(key, { side, pointer, type, count });
    else known.count += count;
  };
  const addValue = (side: SeenValue['side'], pointer: string, fingerprint: number, bits: number): void => {
    if (perSide[side] >= MAX_VALUES) return;
    perSide[side] += 1;
    values.push({ side, pointer, fingerprint, bits });
  };
  return {
    secrets,
    named,
    values,
    exposures,
    data: () => [...data.values()],
    kind,
    secret(side, place, field, secret, belonging) {
      const pointer = placeOf(place);
      secrets.set(secret.text, secret);
      // A handle that one call gives another is in a header on purpose.
      if (isSpread(secret) && !(belonging === 'presented' && side.endsWith('header'))) named.push({ field, secret });
      if (belonging === 'own') return;
      const isSaid = !isPlainWord(secret.text) || (secret.type === 'password' && side !== 'response') || side.endsWith('header');
      if (DATA_TYPES.has(secret.type) && isSaid) kind(side, field, secret.type);
      const valueSide = side === 'response' || side === 'response-header' ? 'response' : 'request';
      addValue(valueSide, valuePointer(side, pointer), fingerprintNumber(secret.credential.fingerprint), estimateBits(secret.text));
      if (!isSaid || secret.example || belonging === 'presented' || !EXPOSABLE.has(secret.type) || exposures.length >= MAX_VALUES) return;
      exposures.push({
        side,
        pointer,
        type: belonging === 'issued' ? 'issued-token' : secret.type,
        credential: secret.credential,
      });
    },
    doubt(side, pointer, field, secret) {
      secrets.set(secret.text, secret);
      kind(side, field, printSign(secret.type, 'form'));
      addValue(side, pointer, fingerprintNumber(secret.credential.fingerprint), estimateBits(secret.text));
    },
    value(side, pointer, text) {
      if (perSide[side] >= MAX_VALUES) return;
      for (const { fingerprint, bits } of print(text)) addValue(side, pointer, fingerprint, bits);
    },
  };
}

function valuePointer(side: SeenData['side'], pointer: string): string {
  if (side === 'request-header' || side === 'response-header') return `header ${pointer}`;
  return side === 'query' || side === 'path' ? `${side} ${pointer}` : pointer;
}
