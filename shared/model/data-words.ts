/** Words for kinds of data, for one and for many; a kind that has none stands as it is. */
export const DATA_WORDS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  'payment-card': ['card number', 'card numbers'],
  email: ['e-mail address', 'e-mail addresses'],
  phone: ['phone number', 'phone numbers'],
  'person-name': ['name', 'names'],
  'postal-address': ['postal address', 'postal addresses'],
  'date-of-birth': ['date of birth', 'dates of birth'],
  'us-ssn': ['social security number', 'social security numbers'],
  iban: ['IBAN', 'IBANs'],
  'bank-account': ['bank account', 'bank accounts'],
  'national-id': ['national id', 'national ids'],
  'api-key': ['API key', 'API keys'],
  jwt: ['token', 'tokens'],
  'session-token': ['session token', 'session tokens'],
  'private-key': ['private key', 'private keys'],
  'device-id': ['device id', 'device ids'],
  'ip-address': ['IP address', 'IP addresses'],
  'free-text': ['free text', 'free texts'],
  amount: ['amount', 'amounts'],
  'system-prompt': ['system prompt', 'system prompts'],
};

/** The kind of data without a count: `card numbers`. */
export const dataName = (type: string): string => DATA_WORDS[type]?.[1] ?? type;
