import { revocationTables } from '../store/migrations/0008-revocation.ts';
import type { Pass } from './pass.ts';
import { writeCredentialEndpoints } from './reach/credential-endpoints.ts';
import { readLinks } from './reach/links.ts';
import { countPeople } from './reach/people.ts';
import { readPowers } from './reach/powers.ts';
import { writeReach } from './reach/write-reach.ts';

/**
 * Where each credential was accepted, on how many people's records, what it may do by its own words, and what it was made from:
 * what the revocation plan is worked out from. Rows of the result: credentials times the endpoints that each of them called.
 */
export const reachPass: Pass = {
  id: 'reach',
  version: 3,
  title: 'What credentials reached',
  needs: ['principals', 'endpoints', 'chains', 'attribution'],
  fills: revocationTables,
  async run(context) {
    await writeCredentialEndpoints(context);
    const people = await countPeople(context);
    const links = readLinks(context.db);
    const { credentials, pairs } = writeReach(context.db, { people, links, powers: readPowers(context.db) });
    return `${credentials.toLocaleString('en-US')} credentials were used on ${pairs.toLocaleString('en-US')} pairs of credential and endpoint; ${links.length.toLocaleString('en-US')} were seen to be handed out for another one.`;
  },
};
