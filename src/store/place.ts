/** A row's place in the ledger is its page's number times this, and its position in the page. */
export const PLACES_PER_PAGE = 64
/** Page numbers are handed out in blocks, one a batch, so that a batch knows its places before it is written. */
export const PAGES_PER_BLOCK = 8192

/** The place of the row at a position, from 0, of a page. Ledger order is the order of places. */
export function placeRow(pageId: number, position: number): number {
  return pageId * PLACES_PER_PAGE + position
}
