import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { composeSegmentRow, type SegmentEnvelope } from '../../src/source/compose-segment-row.ts'

const receivedAt = new Date('2026-06-30T12:00:00.000Z')
const compose = (message: unknown, envelope: Partial<SegmentEnvelope> = {}): unknown =>
  JSON.parse(composeSegmentRow(message, { receivedAt, ...envelope }, () => 'n1'))

describe('a row of Segment', () => {
  test('has what its batch says, unless the message says it', () => {
    const message = { type: 'track', messageId: 'm', context: { ip: '192.0.2.1', page: { url: 'a' } } }
    const shared = { context: { page: { url: 'b' }, locale: 'en-GB' }, integrations: { All: true } }
    expect(compose(message, shared)).toEqual({
      type: 'track',
      messageId: 'm',
      context: { ip: '192.0.2.1', page: { url: 'a' }, locale: 'en-GB' },
      integrations: { All: true },
      timestamp: '2026-06-30T12:00:00.000Z',
      receivedAt: '2026-06-30T12:00:00.000Z',
    })
  })

  test('is named and timed where the sender did neither, and never has the key', () => {
    expect(compose({ userId: 'u', writeKey: 'ofw_1' }, { type: 'page' })).toEqual({
      userId: 'u',
      type: 'page',
      messageId: 'server-n1',
      timestamp: receivedAt.toISOString(),
      receivedAt: receivedAt.toISOString(),
    })
  })

  test.each([
    ['a minute slow', '2026-06-30T11:58:00Z', '2026-06-30T11:59:00Z', '2026-06-30T11:59:00.000Z'],
    [
      'hours fast, in another zone',
      '2026-06-30T20:58:00+02:00',
      '2026-06-30T20:59:30+02:00',
      '2026-06-30T11:58:30.000Z',
    ],
  ])('corrects a clock that is %s', (_, timestamp, sentAt, corrected) => {
    expect(compose({ timestamp, sentAt })).toMatchObject({ timestamp: corrected, originalTimestamp: timestamp })
  })

  test.each([
    ['no time of sending', { timestamp: '2026-06-30T11:58:00Z' }],
    ['a time of sending without a zone', { timestamp: '2026-06-30T11:58:00Z', sentAt: '2026-06-30T11:59:00' }],
    ['a time that is none', { timestamp: 'soon', sentAt: '2026-06-30T11:59:00Z' }],
    ['a time beyond all times', { timestamp: '9999-99-99T00:00:00Z', sentAt: '2026-06-30T11:59:00Z' }],
  ])('leaves the time as told with %s', (_, message) => {
    expect(compose(message)).toMatchObject({ timestamp: message.timestamp })
  })

  property.prop([fc.jsonValue()])('is one line of JSON, whatever was sent, and keeps what is no object', (message) => {
    const row = composeSegmentRow(message, { receivedAt, context: message }, () => 'n1')
    expect(row).not.toContain('\n')
    if (typeof message !== 'object' || message === null || Array.isArray(message))
      expect(JSON.parse(row)).toEqual(JSON.parse(JSON.stringify(message)))
  })
})
