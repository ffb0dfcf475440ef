import { TLP_WORDS, type TlpMark } from '../../../../model/cover.ts';
import type { StixObject } from './objects.ts';

/** Ids and time are theirs. Source: the objects that OASIS publishes for TLP 2.0 (cti-stix-common-objects). */
const IDS: Readonly<Record<TlpMark, string>> = {
  clear: '94868c89-83c2-464b-929b-a1a8aa3c8487',
  green: 'bab4a63c-aed9-4cf5-a766-dfca5abac2bb',
  amber: '55d920b0-5e8b-4f79-9ee9-91f868d9b421',
  'amber-strict': '939a9414-2ddd-4d32-a0cd-375ea402b003',
  red: 'e828b379-4e03-4974-9ac4-e53a884c97c1',
};

/**
 * How far a bundle may go, as the analyst said on the cover of the report. Unsaid it is TLP:AMBER+STRICT, for the organisation of its
 * recipients only: silence is no consent.
 */
export function markingOf(tlp: TlpMark = 'amber-strict'): StixObject {
  const name = TLP_WORDS[tlp];
  return {
    type: 'marking-definition',
    spec_version: '2.1',
    id: `marking-definition--${IDS[tlp]}`,
    created: '2022-10-01T00:00:00.000Z',
    name,
    extensions: {
      'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d': {
        extension_type: 'property-extension',
        tlp_2_0: name.slice('TLP:'.length).toLowerCase(),
      },
    },
  };
}
