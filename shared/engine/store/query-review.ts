/**
 * From rows that name a call by source and record (`r`) to the call's id as lists show it, `coalesce(rf.same_as, rc.id)`.
 * CROSS JOIN fixes the order: from the few rows of the analyst through the indices `source_name` and `call_source`. Left to itself
 * and without statistics, SQLite walks every call.
 */
const TO_CALL = `CROSS JOIN source rs ON rs.name = r.source CROSS JOIN call rc ON rc.source_id = rs.id AND rc.record = r.record
  LEFT JOIN call_fact rf ON rf.call_id = rc.id`;

/** Calls with labels: tags, stars and marks (`l.kind`, `l.name`), by id `rf.same_as` or else `rc.id`. */
export const LABELLED_FROM = `FROM review_label l CROSS JOIN review_labelled r ON r.label_id = l.id ${TO_CALL}`;

const CALL_ID = 'coalesce(rf.same_as, rc.id)';

/** Ids of calls with a label; a condition follows. */
export const LABELLED_CALLS = `SELECT ${CALL_ID} ${LABELLED_FROM}`;

/** Ids of calls with a note (`r.text`); a condition may follow. */
export const NOTED_CALLS = `SELECT ${CALL_ID} FROM review_note r ${TO_CALL}`;
