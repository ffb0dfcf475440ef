/** Words for the kinds of data that are worth naming in a sentence, worst first. */
const WORTH_NAMING = [
  'payment-card', 'us-ssn', 'national-id', 'health', 'iban', 'bank-account', 'private-key', 'api-key', 'password', 'jwt', 'session-token',
  'date-of-birth', 'person-name', 'email', 'phone', 'postal-address', 'geolocation',
] as const; // prettier-ignore

/** Kinds of data in the order of how bad their loss is; what is not worth a word is left out. */
export const worstFirst = (types: Iterable<string>): readonly string[] => {
  const known = new Set(types);
  return WORTH_NAMING.filter((type) => known.has(type));
};
