/** A row's place in the ledger is its page's number times this, and its position in the page. */
export const PLACES_PER_PAGE = 1024

/** The place of the row at a position, from 0, of a page. Ledger order is the order of places. */
export function placeRow(pageId: number, position: number): number {
  return pageId * PLACES_PER_PAGE + position
}
