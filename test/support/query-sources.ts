/** The files of the cases that random queries are asked of, each with its format, in the order of their ids. */
export const SOURCE_FORMATS: Readonly<Record<string, string>> = { api: 'har', 'logs/7 users': 'kong-json' };
