import { hashCampaign } from '../hash-campaign.ts'
import { hashToId } from '../hash-to-id.ts'
import type { Keyring } from '../../privacy/keyring.ts'
import { admit } from '../../quality/admit.ts'
import type { ToldProperty } from '../../quality/compile-properties.ts'
import { assessRow } from '../../quality/assess-row.ts'
import type { Issue } from '../../quality/issue.ts'
import { deriveContentKey } from '../../record/derive-content-key.ts'
import { packPerson } from '../../record/pack-person.ts'
import { normalizeRow } from '../../record/normalize-row.ts'
import type { NormalizedRow } from '../../record/normalized-row.ts'
import type { ParsedRow } from '../../record/parsed-row.ts'
import type { Identifier, NormalizedEvent } from '../../record/normalized-record.ts'
import type { LedgerRow } from '../../store/ingest/ledger-batch.ts'
import { spellId } from '../../store/uuid-column.ts'
import type { DeliveryPlan } from './delivery-plan.ts'

/** A row judged, with what is sealed of it beside its bytes. */
export interface JudgedRow {
  readonly rowNo: number
  readonly line: number
  readonly outcome: LedgerRow['outcome']
  /** Of `hashToId`: the record the row describes, or its event's actor. Undefined when nobody could be told. */
  readonly recordId: string | undefined
  /** Of `hashToId`; the same for repeats. */
  readonly fingerprint: string
  /** Of `hashToId`: the row's content, before repeats are told apart. */
  readonly content: string
  readonly issues: readonly Issue[]
  /** When the source changed what it tells, milliseconds since 1970; NaN where it does not say. */
  readonly updatedAtMs: number
  /** What happened; undefined in sources of people and where it could not be told. */
  readonly event: ToldEvent | undefined
  /** What was understood of a person (`packPerson`), good until the next row is judged. */
  readonly description: Uint8Array
}

/** An event with what it tells of its actor. */
export interface ToldEvent extends Pick<NormalizedEvent, 'kind'> {
  readonly occurredAtMs: number
  readonly bot: boolean | undefined
  readonly quantity: number | undefined
  readonly amount: number | undefined
  readonly currency: string | undefined
  /** The declared name, if it has one: any other may say anything. */
  readonly name: string | undefined
  /** Of `hashCampaign`: what brought the visitor. */
  readonly campaign: string | undefined
  /** Of `hashToId`: the order that it is a line of, or says is completed. */
  readonly orderKey: string | undefined
  /** What it tells besides as JSON; texts that are not declared as values are hashed. */
  readonly properties: string | undefined
  /** The visitor's cookie or device, if the row names one. */
  readonly device: Identifier | undefined
  /** Everything known of the actor (`packPerson`). */
  readonly description: string
}

const NO_ISSUES: readonly Issue[] = []
const IMPLAUSIBLE: readonly Issue[] = [
  { code: 'occurred_at.implausible', field: 'occurred_at', severity: 'quarantine' },
]
const NOTHING = new Uint8Array(0)
const decoder = new TextDecoder()

/**
 * Judges one row: normalized, assessed by the source's rules, and named by keyed hashes of what it says. A row whose
 * cells cannot be trusted is quarantined with its bytes. Nothing of the row is in the clear but its description and
 * that of an event's actor, which whoever stores them seals.
 */
export function admitRow(keyring: Keyring, plan: DeliveryPlan, row: ParsedRow): JudgedRow {
  const isPerson = plan.kind === 'people'
  const readable = !row.defects.some((defect) => defect.fatal)
  const prepared = readable ? plan.prepare(row.cells) : undefined
  const normalized = prepared === undefined ? undefined : readRow(plan, withCells(row, prepared.cells))
  const properties =
    normalized?.event === undefined || prepared === undefined || plan.kind !== 'events'
      ? undefined
      : plan.readProperties(normalized.event, prepared.cells)
  const found: readonly Issue[] =
    normalized === undefined
      ? row.defects.map(({ code, fatal }): Issue => ({ code, severity: fatal ? 'quarantine' : 'warn' }))
      : [
          prepared?.issues ?? NO_ISSUES,
          assessTime(plan, normalized),
          properties?.issues ?? NO_ISSUES,
          assessRow(normalized, plan.rules),
        ].reduce(join)
  const issues = found.length === 0 ? NO_ISSUES : found.map((issue) => plan.applyPolicy(issue))
  const content = hashToId(
    keyring.fingerprint,
    'content',
    plan.source,
    normalized === undefined ? Buffer.from(row.raw).toString('latin1') : deriveContentKey(plan.columns, row.cells),
  )
  const messageId = normalized?.event?.messageId
  const fingerprint =
    messageId === undefined ? content : hashToId(keyring.fingerprint, 'message', plan.source, messageId)
  const packed = normalized === undefined ? NOTHING : packPerson(normalized.person)
  // Of an event's actor the text is needed: it names the actor.
  const description = isPerson ? '' : decoder.decode(packed)
  const recordId = normalized === undefined ? undefined : nameRecord(keyring, plan, normalized, description, content)
  return {
    rowNo: row.rowNo,
    line: row.line,
    outcome: admit(issues),
    recordId,
    fingerprint,
    content,
    issues,
    updatedAtMs: normalized?.updatedAt?.getTime() ?? Number.NaN,
    event:
      normalized?.event === undefined
        ? undefined
        : tellEvent(
            keyring,
            plan,
            { ...normalized, event: normalized.event },
            { fingerprint, description, properties: spellProperties(keyring, properties?.told ?? []) },
          ),
    description: isPerson ? packed : NOTHING,
  }
}

function assessTime(plan: DeliveryPlan, { event }: NormalizedRow): readonly Issue[] {
  return event === undefined || plan.isPlausible(event.occurredAt.getTime()) ? NO_ISSUES : IMPLAUSIBLE
}

function withCells(row: ParsedRow, cells: ParsedRow['cells']): ParsedRow {
  return cells === row.cells ? row : { ...row, cells }
}

function join(left: readonly Issue[], right: readonly Issue[]): readonly Issue[] {
  if (left.length === 0) return right
  return right.length === 0 ? left : [...left, ...right]
}

function tellEvent(
  keyring: Keyring,
  plan: DeliveryPlan,
  { person, event }: NormalizedRow & { readonly event: NormalizedEvent },
  told: Pick<JudgedRow, 'fingerprint'> & Pick<ToldEvent, 'description' | 'properties'>,
): ToldEvent {
  const { kind, name, occurredAt, campaign, orderId } = event
  // What says that an order was completed without saying which says so of one of its own.
  const order = orderId ?? (kind === 'order_line' ? undefined : told.fingerprint)
  const isOrder = order !== undefined && plan.isOrder(event)
  // Of one shape, whatever is told: spread, it was an eighth of judging a row.
  return {
    kind,
    occurredAtMs: occurredAt.getTime(),
    name: name !== undefined && plan.isDeclared(name) ? name : undefined,
    campaign: campaign === undefined ? undefined : hashCampaign(keyring.fingerprint, campaign),
    orderKey: isOrder ? hashToId(keyring.fingerprint, 'order', plan.namespace, order) : undefined,
    bot: event.bot,
    quantity: event.quantity,
    amount: event.amount,
    currency: event.currency,
    properties: told.properties,
    device: person.identifiers.find(
      (identifier) => identifier.kind === 'anonymous_id' || identifier.kind === 'device_id',
    ),
    description: told.description,
  }
}

/** A text that is not declared as a value could hold anything: it is told apart by a keyed hash. */
function spellProperties(keyring: Keyring, told: readonly ToldProperty[]): string | undefined {
  if (told.length === 0) return undefined
  const kept = told.map(({ name, value, isFree }) => [
    name,
    isFree ? spellId(hashToId(keyring.fingerprint, 'property', name, String(value))) : value,
  ])
  return JSON.stringify(Object.fromEntries(kept))
}

/** A customer number means something in its shop only, so it is kept with the namespace of its source. */
function readRow(plan: DeliveryPlan, row: ParsedRow): NormalizedRow {
  const normalized = normalizeRow(row, plan.mapping)
  const { identifiers } = normalized.person
  if (!identifiers.some(({ kind }) => kind === 'customer_id')) return normalized
  const named = identifiers.map((identifier) =>
    identifier.kind === 'customer_id' ? { ...identifier, value: `${plan.namespace}/${identifier.value}` } : identifier,
  )
  return { ...normalized, person: { ...normalized.person, identifiers: named } }
}

/** A person's record is named by the source's own key, else by its content; an actor by everything known of it. */
function nameRecord(
  keyring: Keyring,
  plan: DeliveryPlan,
  row: NormalizedRow,
  description: string,
  content: string,
): string {
  const key = keyring.fingerprint
  if (plan.kind !== 'people') return hashToId(key, 'actor', plan.source, description)
  return row.recordKey === undefined ? content : hashToId(key, 'record', plan.source, row.recordKey)
}
