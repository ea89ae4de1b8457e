/** What a feature is, for whoever reads it, writes rules with it or computes it. */
export interface FeatureDefinition {
  /** In tables and rules. */
  readonly name: string
  readonly type: 'count' | 'number' | 'instant'
  readonly doc: string
  readonly unit: string
  /** Which time it looks at; all ends included, to the millisecond unless days are meant. */
  readonly window: string
  /** Of whom it is not known: null in tables, absent in rows, never zero. Null when it is known of everybody. */
  readonly unknown: string | null
  /** `person` needs nobody else and follows every pass; the others compare buyers, or everybody, and are made by runs. */
  readonly kind: 'person' | 'buyers' | 'everybody'
}

export const EVER = 'ever'
export const MONTH = 'the last 30 days'
export const NO_PURCHASE = 'who never bought'
export const NEVER_ACTIVE = 'who never bought or visited'

/** What most features of a type share. */
export const COUNT = { type: 'count', kind: 'person', unknown: null } as const
export const NUMBER = { type: 'number', kind: 'person' } as const
export const INSTANT = { type: 'instant', kind: 'person', unit: 'instant' } as const
