import type { SuppressionScope } from './hunting.ts';

/** What a suppression is about: `findings of rate-burst by svc-7`. */
export function describeScope({ detector, principal, endpoint, query }: SuppressionScope): string {
  const parts = [
    detector === undefined ? '' : ` of ${detector}`,
    principal === undefined ? '' : ` by ${principal}`,
    endpoint === undefined ? '' : ` on ${endpoint}`,
    query === undefined ? '' : ` whose calls fit ${query}`,
  ];
  return `findings${parts.join('')}`;
}
