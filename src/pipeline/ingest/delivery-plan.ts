import type { compileProperties } from '../../quality/compile-properties.ts'
import type { Issue } from '../../quality/issue.ts'
import type { QualityRule } from '../../quality/quality-rule.ts'
import type { MappingPlan } from '../../record/mapping-plan.ts'
import type { NormalizedEvent } from '../../record/normalized-record.ts'

/** How the rows of a delivery are read, compiled once for the columns at hand. */
export interface DeliveryPlan {
  readonly deliveryId: string
  readonly source: string
  readonly kind: 'people' | 'orders' | 'events'
  /** Whose customer numbers these are. */
  readonly namespace: string
  readonly repeats: 'drop' | 'keep'
  readonly columns: readonly string[]
  /** Holds a row's cells against the contract and adds the columns that the preset computes from others. */
  readonly prepare: (cells: readonly (string | null)[]) => {
    readonly cells: readonly (string | null)[]
    readonly issues: readonly Issue[]
  }
  readonly mapping: MappingPlan
  /** Whether something may have happened at an instant; what did not is held. */
  readonly isPlausible: (occurredAtMs: number) => boolean
  /** Whether an event name is declared and so may be kept in the clear. */
  readonly isDeclared: (name: string) => boolean
  /** What an event tells besides, and what of it is not as declared; cells as `prepare` gives them. */
  readonly readProperties: ReturnType<typeof compileProperties>
  /** Whether an event is a purchase. */
  readonly isOrder: (event: NormalizedEvent) => boolean
  readonly rules: readonly QualityRule[]
  /** Gives a finding the severity that the source's policy declares for it. */
  readonly applyPolicy: (issue: Issue) => Issue
}
