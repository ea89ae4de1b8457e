import { scorePreset } from '../score-preset.ts'
import type { SourcePreset } from '../source-preset.ts'

const columns = {
  Id: 'message_id',
  Requester: 'full_name',
  'Requester id': 'customer_id',
  'Requester external id': 'user_id',
  'Requester email': 'email',
  'Requester phone': 'phone',
  'Ticket type': 'event_kind',
  Subject: 'event_name',
  Description: 'text',
  Organization: 'organisation',
  'Created at': 'occurred_at',
  'Updated at': 'updated_at',
} as const

/** Tickets exported from Zendesk Support as CSV: each is an event of its requester. */
export const zendeskTickets: SourcePreset = {
  name: 'zendesk-tickets',
  title: 'Zendesk tickets',
  kind: 'events',
  match: (given) => scorePreset(given, ['Id', 'Requester', 'Requester email', 'Subject'], Object.keys(columns)),
  columns,
}
