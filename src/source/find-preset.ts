import { clearbitAppend } from './presets/clearbit-append.ts'
import { ga4Events } from './presets/ga4-events.ts'
import { hubspotContacts } from './presets/hubspot-contacts.ts'
import { salesforceContacts } from './presets/salesforce-contacts.ts'
import { segmentEvents } from './presets/segment-events.ts'
import { shopifyOrders } from './presets/shopify-orders.ts'
import { zendeskTickets } from './presets/zendesk-tickets.ts'
import type { SourcePreset } from './source-preset.ts'

export const PRESETS: readonly SourcePreset[] = [
  salesforceContacts,
  hubspotContacts,
  shopifyOrders,
  segmentEvents,
  ga4Events,
  zendeskTickets,
  clearbitAppend,
]

/**
 * The known export that these columns fit best, with its score from above 0 to 1; undefined when none fits. The
 * order of columns does not matter; equal scores go to the preset listed first.
 */
export function findPreset(
  columns: readonly string[],
): { readonly preset: SourcePreset; readonly score: number } | undefined {
  let best: { preset: SourcePreset; score: number } | undefined
  for (const preset of PRESETS) {
    const score = preset.match(columns)
    if (score > (best?.score ?? 0)) best = { preset, score }
  }
  return best
}
