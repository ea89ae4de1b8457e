/** The place that a ledger page's envelope is sealed for. */
export function namePage(deliveryId: string, firstRow: number): string {
  return `ledger_pages:${deliveryId}:${firstRow}`
}

/** The place that the envelope of a single ledger row, one that is held, is sealed for. */
export function nameRow(deliveryId: string, rowNo: number): string {
  return `raw_records:${deliveryId}:${rowNo}`
}

/** The place that the envelope of a model is sealed for. */
export function nameModel(version: number): string {
  return `models:${version}`
}

/** The place that the envelope of what was said with a decision is sealed for. */
export function nameDecision(actId: string): string {
  return `decisions:${actId}`
}
