import { OnefoldError } from '../../errors.ts'
import { compileEventNames } from '../../quality/compile-event-names.ts'
import { compileProperties } from '../../quality/compile-properties.ts'
import type { Issue } from '../../quality/issue.ts'
import { compileMapping } from '../../record/compile-mapping.ts'
import { assessContract } from '../../source/assess-contract.ts'
import { PRESETS } from '../../source/find-preset.ts'
import { openRowContractJudge } from '../../source/open-row-contract-judge.ts'
import type { SourceContract } from '../../source/source-contract.ts'
import type { Delivery } from '../../store/ingest/load-delivery.ts'
import type { Reading } from './reading.ts'
import { composePolicies, composeRules } from './compose-rules.ts'
import { DECLARED_EVENTS, ORDER_EVENTS } from '../../quality/declared-events.ts'
import type { DeliveryPlan } from './delivery-plan.ts'

/** The last plan of each delivery that is at hand: what grows by a few rows at a time is compiled for once. */
const lastPlans = new WeakMap<Delivery<Reading>, DeliveryPlan>()

/**
 * Compiles how a delivery is read for the columns it has, unless it was for the same ones before. Throws `contract.broken` (payload) when the source's
 * contract is frozen and the columns do not keep it: then nothing of the delivery is taken in.
 */
export function composeDeliveryPlan(delivery: Delivery<Reading>, columns: readonly string[]): DeliveryPlan {
  const last = lastPlans.get(delivery)
  if (last?.columns.length === columns.length && last.columns.every((name, at) => name === columns[at])) return last
  const plan = compilePlan(delivery, columns)
  lastPlans.set(delivery, plan)
  return plan
}

function compilePlan(delivery: Delivery<Reading>, columns: readonly string[]): DeliveryPlan {
  const { reading } = delivery
  const contract: SourceContract = { ...reading.contract, optional: Object.keys(reading.columns) }
  assertContract(delivery.source, contract, columns)
  const judge = openRowContractJudge(columns, contract)
  const derive = PRESETS.find((preset) => preset.name === reading.preset)?.derive
  const derived = derive === undefined ? [] : [...derive(() => null).keys()]
  const declared = new Set([...DECLARED_EVENTS, ...reading.declaredEvents])
  const rules = composeRules(reading, [...declared])
  const policies = composePolicies(reading)
  return {
    deliveryId: delivery.deliveryId,
    source: delivery.source,
    kind: reading.kind,
    namespace: reading.namespace ?? delivery.source,
    repeats: reading.repeats,
    columns,
    prepare: (cells) => {
      const { cells: kept, issues, refuse } = judge(cells)
      if (refuse) throw contractBroken(delivery.source, issues[0]?.code ?? '', issues.length)
      if (derive === undefined) return { cells: kept, issues }
      const values = derive((column) => kept[columns.indexOf(column)] ?? null)
      return { cells: [...kept, ...derived.map((column) => values.get(column) ?? null)], issues }
    },
    mapping: compileMapping([...columns, ...derived], reading.columns, {
      region: reading.region,
      zone: reading.zone,
      asOf: new Date(reading.asOf),
      kind: reading.kind,
      nameEvent: reading.eventNames === undefined ? (name) => name : compileEventNames(reading.eventNames),
      ...(reading.date_order === undefined ? {} : { dateOrder: reading.date_order }),
    }),
    isPlausible: reading.via === 'http' ? openPlausibility(Date.parse(reading.asOf)) : () => true,
    isDeclared: (name) => declared.has(name),
    readProperties: compileProperties(
      [...columns, ...derived],
      new Set(Object.keys(reading.columns)),
      reading.properties ?? {},
    ),
    isOrder: ({ kind, name }) =>
      kind === 'order_line' || (reading.countsOrders === true && name !== undefined && ORDER_EVENTS.includes(name)),
    rules,
    applyPolicy: (issue: Issue): Issue => {
      const severity = policies.get(issue.code)?.severity
      return severity === undefined ? issue : { ...issue, severity }
    },
  }
}

/** Clocks and zones may be off by so much. */
const AHEAD_MS = 2 * 86_400_000
/** Nothing that is sent over HTTP is older. */
const BEHIND_MS = 30 * 365 * 86_400_000

/** Whoever holds a key may send any time, and each month of the ledger's events is a table. */
function openPlausibility(asOfMs: number): (occurredAtMs: number) => boolean {
  return (occurredAtMs) => occurredAtMs <= asOfMs + AHEAD_MS && occurredAtMs >= asOfMs - BEHIND_MS
}

/** Throws `contract.broken` when the columns alone break a frozen contract. */
function assertContract(source: string, contract: SourceContract, columns: readonly string[]): void {
  const refused = assessContract(columns, contract).filter((finding) => finding.verdict === 'refuse')
  if (refused.length > 0) throw contractBroken(source, refused[0]?.code ?? '', refused.length)
}

function contractBroken(source: string, code: string, findings: number): OnefoldError {
  return new OnefoldError('payload', 'contract.broken', `The delivery does not keep the contract of ${source}.`, {
    details: { source, finding: code, findings },
    hint: 'Compare the header with `contract.required` and `columns` of the source, or set `contract.drift: evolve`.',
  })
}
