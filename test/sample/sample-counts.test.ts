import { describe, expect, test } from 'vitest'

import { EVENT_TAXONOMY, MESSAGE_TYPES } from '../../src/sample/event-taxonomy.ts'
import { generateSample } from '../../src/sample/generate-sample.ts'
import { groupBy } from './group-by.ts'
import { contentOf, csvRows, distinctMessages, jsonLines } from './sample-tables.ts'
import type { ToldEvent } from './sample-tables.ts'

const sample = generateSample({ seed: 1 })
const { expected } = sample
const told = jsonLines(sample, 'web-events.jsonl')
const lines = told.objects as ToldEvent[]
const messages = distinctMessages(lines)

describe('the counts are what a reader finds', () => {
  test('a strict parser refuses exactly the ragged contacts', () => {
    const { crm } = expected
    const rows = csvRows(sample, 'crm-contacts.csv', true)
    const whole = rows.filter((row) => row.length === 14)
    expect(rows).toHaveLength(crm.rows)
    expect(rows.length - whole.length).toBe(crm.ragged)
    expect(() => csvRows(sample, 'crm-contacts.csv')).toThrow()
    expect(crm.rows).toBe(crm.contacts + crm.updates + crm.exactRepeats + crm.ragged)
    expect(new Set(whole.map(([id]) => id)).size).toBe(crm.contacts)
    expect(whole.length - new Set(whole.map((row) => JSON.stringify(row))).size).toBe(crm.exactRepeats)
    expect(crm.contacts).toBe(crm.people + crm.duplicates + crm.junk)
  })

  test('the contacts are UTF-8 with a BOM and CRLF, with line breaks inside quotes', () => {
    const text = contentOf(sample, 'crm-contacts.csv')
    expect([...text.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(text.toString().replaceAll('\r\n', '').split('\n').length - 1).toBeGreaterThanOrEqual(
      expected.crm.quotedNewlines,
    )
    const broken = csvRows(sample, 'crm-contacts.csv', true).filter((row) => row.join().includes('\n'))
    expect(new Set(broken.map(([id]) => id)).size).toBe(expected.crm.quotedNewlines)
  })

  test('a later version of a contact carries a later modification', () => {
    const whole = csvRows(sample, 'crm-contacts.csv', true).filter((row) => row.length === 14)
    const versions = [...groupBy(whole, ([id]) => id).values()].map(
      (rows) => new Set(rows.map((row) => row.at(-1))).size,
    )
    expect(versions.filter((count) => count === 2)).toHaveLength(expected.crm.updates)
    expect(versions.every((count) => count <= 2)).toBe(true)
  })

  test('every order line parses strictly and only the first of an order carries its total', () => {
    const { shop } = expected
    const rows = csvRows(sample, 'shop-orders.csv')
    const firsts = rows.filter((row) => row[7] !== '')
    expect(rows).toHaveLength(shop.lines)
    expect(firsts).toHaveLength(shop.orders)
    expect(new Set(rows.map(([name]) => name)).size).toBe(shop.orders)
    expect(firsts.filter((row) => row[1] === '' && row[20] === '')).toHaveLength(shop.ordersOfNobody)
    expect(firsts.filter((row) => row[1] !== '' && row[20] === '')).toHaveLength(shop.guestOrders)
    expect(firsts.filter((row) => row[2] === 'voided' || row[2] === 'refunded')).toHaveLength(shop.cancelledOrders)
    expect(rows.filter((row) => row[11] === '0.00')).toHaveLength(shop.zeroPriceLines)
  })

  test('an order adds up', () => {
    for (const rows of groupBy(csvRows(sample, 'shop-orders.csv'), ([name]) => name).values()) {
      const cents = rows.reduce((sum, row) => sum + Number(row[9]) * Math.round(Number(row[11]) * 100), 0)
      expect(Math.round(Number(rows[0]?.[6]) * 100)).toBe(cents)
    }
  })

  test('the event log has so many repeats, broken lines and strangers', () => {
    const { web } = expected
    expect(told.objects.length + told.others.length + told.broken.length).toBe(web.lines)
    expect(web.lines).toBe(web.events + web.repeats + web.malformed + web.notObjects)
    expect(told.broken).toHaveLength(web.malformed)
    expect(told.others).toHaveLength(web.notObjects)
    expect(messages).toHaveLength(web.events)
    expect(lines.length - messages.length).toBe(web.repeats)
    const isDeclared = ({ type, event }: ToldEvent): boolean =>
      (MESSAGE_TYPES as readonly string[]).includes(type) &&
      (type !== 'track' || (EVENT_TAXONOMY as readonly string[]).includes(event ?? ''))
    expect(messages.filter((message) => !isDeclared(message))).toHaveLength(web.unknownKinds)
    expect(messages.filter(({ type }) => type === 'identify')).toHaveLength(web.identifies)
    expect(messages.filter(({ event }) => event?.startsWith('Email '))).toHaveLength(web.emailEvents)
    let latest = ''
    const late = messages.filter(({ timestamp }) => {
      const isLate = timestamp < latest
      if (!isLate) latest = timestamp
      return isLate
    })
    expect(late).toHaveLength(web.late)
    expect(web.sharedDevices).toBeGreaterThan(3)
    expect(messages.every(({ userId, anonymousId }) => userId !== undefined || anonymousId !== undefined)).toBe(true)
  })

  test('a repeated message is the same line again', () => {
    const perMessage = groupBy(lines, ({ messageId }) => messageId)
    expect(
      [...perMessage.values()].every((copies) => new Set(copies.map((copy) => JSON.stringify(copy))).size === 1),
    ).toBe(true)
  })

  test('the append is windows-1252 and not UTF-8', () => {
    const { append } = expected
    const rows = csvRows(sample, 'third-party-append.csv')
    expect(() =>
      new TextDecoder('utf-8', { fatal: true }).decode(contentOf(sample, 'third-party-append.csv')),
    ).toThrow()
    expect(rows).toHaveLength(append.rows)
    expect(new Set(rows.map(([email]) => email)).size).toBe(append.emails)
    expect(append.rows).toBe(append.emails + append.exactRepeats)
    expect(rows.some((row) => row.join().includes('€'))).toBe(true)
    const isEmail = (email: string | undefined): boolean => /^[^@ ]+@[^@ ]+\.[a-z]+$/i.test(email ?? '')
    expect(new Set(rows.map(([email]) => email).filter((email) => !isEmail(email))).size).toBe(append.invalidEmails)
  })

  test('every ticket is an object', () => {
    const tickets = jsonLines(sample, 'support-tickets.jsonl')
    expect(tickets.objects).toHaveLength(expected.support.tickets)
    expect([...tickets.others, ...tickets.broken]).toEqual([])
    expect(expected.support.withPersonalData).toBeGreaterThan(expected.support.tickets / 3)
  })
})
