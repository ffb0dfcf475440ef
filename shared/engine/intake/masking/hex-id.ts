/** Ids that are no secret whatever stands around them; digits alone may be a card's number. */
const HEX_ID = /^(?=.*[a-fA-F-])[0-9a-fA-F-]{1,64}$/;

/** True for an id of a trace, a span or a request as programs make them: tables are joined by it, so that it is masked nowhere. */
export const isHexId = (id: string): boolean => HEX_ID.test(id);
