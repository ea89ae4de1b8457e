/** Of one event or record, as JSON; Segment's limits (docs "HTTP API source", 2026). */
export const MOST_ROW_BYTES = 32 * 1024
/** Of one request. */
export const MOST_BODY_BYTES = 500 * 1024
export const MOST_ROWS = 2_500
