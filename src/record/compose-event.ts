import { ORDER_EVENTS } from '../quality/declared-events.ts'
import type { MappingPlan } from './mapping-plan.ts'
import type { NormalizedEvent } from './normalized-record.ts'
import { normalizeText } from './normalize-text.ts'
import type { RowDraft } from './row-draft.ts'

/** Calls of the Segment specification, which most trackers speak. */
const KINDS: ReadonlySet<string> = new Set(['page', 'track', 'identify', 'screen', 'group', 'alias'])

/**
 * Composes what happened from a row that has been read; `undefined` without a time, and for sources of people.
 *
 * An order row is an `order_line` whose amount is quantity × unit price when none is given, as is that of an event that says
 * that an order was completed; of how many nobody says, it is one. An event's kind is what
 * the source says, else its name when that is a kind of the Segment specification, else `page` for a row with an
 * address and no name, else `track`. A page without a name is named by its path. What is tracked under a name that is
 * taken for another has that, and if it is a kind that kind.
 */
export function composeEvent(
  draft: RowDraft,
  plan: Pick<MappingPlan, 'kind' | 'nameEvent'>,
): NormalizedEvent | undefined {
  const { event } = draft
  const { occurredAt } = event
  if (plan.kind === 'people' || occurredAt === undefined) return undefined
  if (event.name !== undefined && (event.kind ?? 'track') === 'track') {
    const name = plan.nameEvent(event.name)
    if (name !== event.name && KINDS.has(name)) event.kind = name
    event.name = name
  }
  const kind = deriveKind(event, plan.kind)
  if (event.name === undefined && kind === 'page' && event.url !== undefined) event.name = derivePath(event.url)
  const quantity = event.quantity ?? (kind === 'order_line' || ORDER_EVENTS.includes(event.name ?? '') ? 1 : undefined)
  if (event.amount === undefined && quantity !== undefined && event.unitPrice !== undefined) {
    event.amount = multiply(quantity, event.unitPrice)
  }
  if (event.campaign === undefined && event.url !== undefined) {
    const campaign = deriveCampaign(event.url)
    if (campaign !== undefined) event.campaign = campaign
  }
  return Object.assign(event, { kind, occurredAt })
}

function deriveKind(event: RowDraft['event'], source: MappingPlan['kind']): string {
  if (event.kind !== undefined && event.kind !== '') return event.kind
  if (source === 'orders') return 'order_line'
  if (event.name === undefined) return event.url === undefined ? 'track' : 'page'
  const named = normalizeText(event.name)
  return KINDS.has(named) ? named : 'track'
}

function derivePath(url: string): string {
  const start = url.startsWith('/') ? 0 : url.indexOf('/', url.indexOf('//') + 2)
  if (start < 0) return '/'
  const query = url.indexOf('?', start)
  return url.slice(start, query < 0 ? undefined : query)
}

/** Rounded to millionths, below any currency's unit: 3 × 1.1 is 3.3 and not 3.3000000000000003. */
function multiply(quantity: number, unitPrice: number): number {
  const amount = quantity * unitPrice
  return Math.abs(amount) < 1e9 ? Math.round(amount * 1e6) / 1e6 : amount
}

function deriveCampaign(url: string): string | undefined {
  const start = url.indexOf('utm_campaign=')
  if (start < 1 || !'?&'.includes(url[start - 1] ?? '')) return undefined
  const campaign = new URLSearchParams(url.slice(start)).get('utm_campaign')?.trim()
  return campaign === '' ? undefined : campaign
}
