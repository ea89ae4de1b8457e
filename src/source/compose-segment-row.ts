/** The calls of Segment's HTTP API, by the last part of their path. */
export const SEGMENT_CALLS = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const
export type SegmentCall = (typeof SEGMENT_CALLS)[number]

/** What a message shares with those that came with it. */
export interface SegmentEnvelope {
  /** By this server's clock. */
  readonly receivedAt: Date
  /** By the sender's clock: when the request left it. */
  readonly sentAt?: unknown
  /** Of all messages of a batch; what a message says itself wins. */
  readonly context?: unknown
  readonly integrations?: unknown
  /** The call, where the path names it. */
  readonly type?: SegmentCall
}

/**
 * A message as its line of the ledger: as Segment archives it, with what it shares with its batch written into it, an id
 * if it has none, and the time corrected by how far the sender's clock is off (`timestamp` = received − (sent − told),
 * Segment spec "Common fields", which keeps what was told as `originalTimestamp`). What is no object stays as it is, for
 * the reader to hold. The sender's key is no part of it.
 */
export function composeSegmentRow(message: unknown, envelope: SegmentEnvelope, newId: () => string): string {
  if (!isObject(message)) return JSON.stringify(message)
  const { writeKey: _key, ...said } = message
  const context = isObject(envelope.context) ? { ...envelope.context, ...asObject(said['context']) } : said['context']
  const integrations = said['integrations'] ?? envelope.integrations
  const sentAt = said['sentAt'] ?? envelope.sentAt
  const received = envelope.receivedAt.toISOString()
  return JSON.stringify({
    ...said,
    ...(envelope.type === undefined ? {} : { type: envelope.type }),
    messageId: isText(said['messageId']) ? said['messageId'] : `server-${newId()}`,
    ...(context === undefined ? {} : { context }),
    ...(integrations === undefined ? {} : { integrations }),
    ...(sentAt === undefined ? {} : { sentAt }),
    ...correctTime(said, readInstant(sentAt), envelope.receivedAt),
    receivedAt: received,
  })
}

/** A time that cannot be read stays as it was told: the reader says so. */
function correctTime(
  { timestamp, originalTimestamp }: Readonly<Record<string, unknown>>,
  sentMs: number,
  receivedAt: Date,
): Readonly<Record<string, unknown>> {
  const told = originalTimestamp ?? timestamp
  if (told === undefined || told === null) return { timestamp: receivedAt.toISOString() }
  const toldMs = readInstant(told)
  if (Number.isNaN(toldMs) || Number.isNaN(sentMs)) return { timestamp: told }
  const corrected = new Date(toldMs + receivedAt.getTime() - sentMs)
  if (Number.isNaN(corrected.getTime())) return { timestamp: told }
  return { timestamp: corrected.toISOString(), originalTimestamp: told }
}

/** NaN for what is no instant with a zone: a clock without one cannot be compared. */
function readInstant(value: unknown): number {
  return typeof value === 'string' && ZONED.test(value) ? Date.parse(value) : Number.NaN
}

const ZONED = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {}
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
