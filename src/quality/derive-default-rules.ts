import type { SourceKind } from '../record/mapping-plan.ts'
import type { QualityRule } from './quality-rule.ts'

/**
 * Derives the rules of a source that declares none, by its kind; a source's own list replaces them.
 *
 * What names nobody is held for repair, since it may still be completed. Cancellations and lines without quantity
 * or price are refused, as they are no purchases (the usual cleaning of order data before RFM, for example Chen,
 * Sain & Guo 2012); a source whose figures are net sets `order.cancelled` to `info` instead. `kinds` are the
 * declared event kinds; without them no kind is unknown.
 */
export function deriveDefaultRules(kind: SourceKind, kinds?: readonly string[]): readonly QualityRule[] {
  switch (kind) {
    case 'people':
      return [{ rule: 'record.empty', severity: 'quarantine' }]
    case 'orders':
      return [
        { rule: 'required', field: 'occurred_at', severity: 'quarantine' },
        { rule: 'order.no_customer', severity: 'quarantine' },
        { rule: 'order.cancelled', severity: 'reject' },
        { rule: 'order.quantity_not_positive', severity: 'reject' },
        { rule: 'order.price_not_positive', severity: 'reject' },
      ]
    case 'events':
      return [
        { rule: 'required', field: 'occurred_at', severity: 'quarantine' },
        { rule: 'event.no_actor', severity: 'quarantine' },
        ...(kinds === undefined ? [] : [{ rule: 'event.unknown_kind', severity: 'info', kinds } as const]),
      ]
  }
}
