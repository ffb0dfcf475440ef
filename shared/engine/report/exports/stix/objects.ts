import { canonicalJson } from '../../../../lib/canonical-json.ts';
import { uuidV5 } from '../../../../lib/uuid-v5.ts';

/** An object of a bundle. */
export interface StixObject {
  readonly type: string;
  readonly id: string;
  readonly [member: string]: unknown;
}

/** Namespace of observable objects. Source: STIX 2.1, section 2.9. */
const OBSERVABLES = '00abedb4-aa42-466c-9c01-fed23315a9b7';
/** Namespace of everything else that Spoor makes, a random UUID chosen once. */
const OURS = 'd1b94d1c-6f0e-4c58-9a37-0d1a6f8f3b52';

/** An id that depends on what the object is about, so that an export made again says the same. */
export const ownId = (type: string, ...about: readonly string[]): string => `${type}--${uuidV5(OURS, canonicalJson([type, ...about]))}`;

/**
 * What has no time in a case: the program itself, techniques, advice. The same objects in every bundle, so the same times.
 * The day stands for nothing but the first version of these objects.
 */
export const TIMELESS = '2026-01-01T00:00:00.000Z';

/** The maker of all objects. */
export const PRODUCER: StixObject = {
  type: 'identity',
  spec_version: '2.1',
  id: ownId('identity', 'Spoor'),
  created: TIMELESS,
  modified: TIMELESS,
  name: 'Spoor',
  identity_class: 'system',
  description: 'Conclusions that a program drew from records of calls.',
};

/** Times of objects have three digits. Source: STIX 2.1, section 3.2. */
export const toMillis = (time: string): string => time.replace(/(\.\d{3})\d+Z$/, '$1Z');

/** A domain object with what all of them bear but the marking, which the bundle adds. */
export const domainObject = (type: string, id: string, time: string, members: Readonly<Record<string, unknown>>): StixObject => ({
  type,
  spec_version: '2.1',
  id,
  created_by_ref: PRODUCER.id,
  created: toMillis(time),
  modified: toMillis(time),
  ...members,
});

/** An observable; its id comes from the member that names it. Source: STIX 2.1, section 2.9. */
export const observable = (
  type: string,
  naming: Readonly<Record<string, string | Readonly<Record<string, string>>>>,
  others: Readonly<Record<string, string>> = {},
): StixObject => ({
  type,
  spec_version: '2.1',
  id: `${type}--${uuidV5(OBSERVABLES, canonicalJson(naming))}`,
  ...naming,
  ...others,
});
