/** True for what the engine takes as a zone: UTC or an offset from it. Empty says nothing. */
export const isZone = (text: string): boolean => text.trim() === '' || /^(?:utc|z|gmt|[+-]\d{1,2}:?(?:\d{2})?)$/i.test(text.trim());
