import type { Random } from '#test/support/large/random.ts';

import { MISLEADING } from './misleading.ts';
import * as make from './values.ts';
import { LOOK_ALIKES, type Label, type Make } from './values.ts';

/** How much the surroundings tell: the name says it, it says nothing, or the value stands in prose. */
export type Style = 'named' | 'vague' | 'sentence' | 'query' | 'path';

/** A place in an API that holds one kind of data, or none. */
export interface LabelledField {
  readonly style: Style;
  /** Key of the JSON member or the parameter; of no meaning in a path. */
  readonly key: string;
  readonly label: Label | undefined;
  /** The kind of value, for reading the failures. */
  readonly what: string;
  readonly values: readonly string[];
}

/** Values of each field, as a log holds several answers of one endpoint. */
const VALUES = 6;
/** Fields of each kind and style. */
const FIELDS = 6;

interface Kind {
  readonly what: string;
  readonly label: Label;
  readonly make: Make;
  readonly names: readonly string[];
  /** Prose with `{}` where the value stands. */
  readonly sentences: readonly string[];
  readonly inUrls?: boolean;
}

const words = (text: string): readonly string[] => text.split(' ');

const KINDS: readonly Kind[] = [
  { what: 'card', label: 'payment-card', make: make.card, names: words('cardNumber card_number pan creditCardNumber ccNumber card'), sentences: ['Please charge {} for the order.', 'The card {} was declined twice', 'My number is {}, valid until next year.'], inUrls: true },
  { what: 'iban', label: 'iban', make: make.iban, names: words('iban IBAN bankIban payeeIban account beneficiary_account'), sentences: ['Transfer the rest to {} please.', 'Refund goes to account {} by Friday'], inUrls: true },
  { what: 'ssn', label: 'us-ssn', make: make.ssn, names: words('ssn socialSecurityNumber social_security_no taxPayerId employeeSsn SSN'), sentences: ['Her social security number is {}.', 'SSN: {}, verified by phone'] },
  { what: 'nino', label: 'national-id', make: make.nino, names: words('nino nationalInsuranceNumber national_id niNumber insurance_no nationalIdNumber'), sentences: ['NI number {} is on the form.', 'His national insurance number: {}'] },
  { what: 'phone', label: 'phone', make: make.phone, names: words('phone mobileNumber contact_phone tel whatsapp customerPhone'), sentences: ['Call me at {} after six.', 'Reach the driver on {} today'] },
  { what: 'email', label: 'email', make: make.email, names: words('email contactEmail e_mail mail login recipient'), sentences: ['Please write to {} about it.', 'The invoice went to {} yesterday'], inUrls: true },
  { what: 'birth date', label: 'date-of-birth', make: make.birthDate, names: words('dob birthDate date_of_birth birthday bornOn patientDob'), sentences: ['Patient born on {} has arrived.', 'Date of birth: {}, no allergies'] },
  { what: 'ip', label: 'ip-address', make: make.ipAddress, names: words('ip clientIp remote_addr lastLoginIp ipAddress peer'), sentences: ['Login from {} was blocked.', 'The request came from {} at night'] },
  { what: 'person', label: 'person-name', make: make.personName, names: words('fullName customerName displayName name_on_card contactName holder'), sentences: ['Ticket opened by {} this morning.', 'Dear {}, your parcel has left'] },
  { what: 'address', label: 'postal-address', make: make.address, names: words('address street shippingAddress address_line1 homeAddress deliverTo'), sentences: ['Deliver it to {} before noon.', 'We moved to {} last month'] },
  { what: 'jwt', label: 'jwt', make: make.jwt, names: words('token idToken jwt access_token assertion bearer'), sentences: ['I pasted {} into the form.', 'curl fails with {} here'], inUrls: true },
  { what: 'provider key', label: 'secret', make: make.providerKey, names: words('apiKey api_key secret accessKey token credential'), sentences: ['The deploy uses {} since May.', 'Here is the key {} for staging'], inUrls: true },
  { what: 'plain secret', label: 'secret', make: make.plainSecret, names: words('clientSecret apiToken webhookSecret signing_key refresh_token session_token'), sentences: ['The client secret is {} now.', 'set API_TOKEN={} before you start'] },
  { what: 'password', label: 'secret', make: make.password, names: words('password passwd newPassword db_password userPass pwd'), sentences: ['password: {} for the test box', 'The password is {} by the way.'] },
]; // prettier-ignore

const VAGUE = words('value data content text1 info ref val item result field');
/** Names under which look-alikes stand; some are close to names of real data. */
const HARMLESS_NAMES = words(
  'id reference number code checksum etag traceId lastFour updatedAt version build serial label title name sku batch locator cursor',
);
const HARMLESS_SENTENCES = ['Your order {} is on its way.', 'Build {} was rolled out today', 'See {} for details.'];

/** All labelled fields of a seed, several hundred. */
export function makeFields(random: Random): readonly LabelledField[] {
  const fields: LabelledField[] = [];
  const add = (style: Style, key: string, what: string, label: Label | undefined, value: Make): void => {
    const draw = random.fork(`${style} ${what} ${key} ${String(fields.length)}`);
    fields.push({ style, key, what, label, values: Array.from({ length: VALUES }, () => value(draw)) });
  };
  const inSentences =
    (value: Make, sentences: readonly string[]): Make =>
    (draw) =>
      draw.pick(sentences).replace('{}', () => value(draw));
  for (const { what, label, make: value, names, sentences, inUrls } of KINDS) {
    for (let at = 0; at < FIELDS; at += 1) {
      add('named', names[at] ?? what, what, label, value);
      add('vague', VAGUE[at] ?? 'value', what, label, value);
      if (at < FIELDS / 2) add('sentence', 'message', what, label, inSentences(value, sentences));
    }
    if (inUrls !== true) continue;
    for (const key of ['q', 'ref', 'u']) add('query', key, what, label, value);
    add('path', 'lookup', what, label, value);
    add('query', names[0] ?? what, what, label, value);
  }
  for (const [what, value] of Object.entries(LOOK_ALIKES)) {
    for (let at = 0; at < FIELDS; at += 1)
      add(at < 3 ? 'vague' : 'named', HARMLESS_NAMES[(at * 7 + what.length) % HARMLESS_NAMES.length] ?? 'id', what, undefined, value);
    add('sentence', 'message', what, undefined, inSentences(value, HARMLESS_SENTENCES));
    add('query', 'ref', what, undefined, value);
    add('path', 'lookup', what, undefined, value);
  }
  for (const [key, what, value] of MISLEADING) add('named', key, `${what} as ${key}`, undefined, value);
  return fields;
}
