/** Where a text names somebody: UTF-16 offsets, `end` exclusive. Spans of one search are in order and do not overlap. */
export interface MaskedSpan {
  readonly kind: 'email' | 'phone' | 'card' | 'iban'
  readonly start: number
  readonly end: number
}
