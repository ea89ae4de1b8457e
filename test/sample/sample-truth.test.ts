import { describe, expect, test } from 'vitest'

import { generateSample } from '../../src/sample/generate-sample.ts'
import { groupBy } from './group-by.ts'
import { csvRows, distinctMessages, jsonLines } from './sample-tables.ts'
import type { ToldEvent } from './sample-tables.ts'

const sample = generateSample({ seed: 1 })
const { expected, truth } = sample
const messages = distinctMessages(jsonLines(sample, 'web-events.jsonl').objects as ToldEvent[])

describe('the truth', () => {
  const keysOf = (source: string): Set<string> =>
    new Set(truth.filter((row) => row.source === source).map(({ key }) => key))

  test('the file says what the values say, each key once', () => {
    const rows = csvRows(sample, 'truth.csv')
    expect(rows).toHaveLength(expected.truthRows)
    expect(rows).toEqual(truth.map(({ source, key, person }) => [source, key, String(person)]))
    expect(new Set(rows.map(([source, key]) => `${source} ${key}`)).size).toBe(rows.length)
  })

  test('everybody leaves a trace, and junk contacts are nobody else', () => {
    const persons = new Set(truth.map(({ person }) => person))
    expect(persons.size).toBe(expected.people + expected.crm.junk)
    expect(Math.max(...persons)).toBe(expected.people + expected.crm.junk)
    const junk = truth.filter(({ person }) => person > expected.people)
    expect(junk).toHaveLength(expected.crm.junk)
  })

  test('its keys are those of the records', () => {
    expect(keysOf('crm-contacts')).toEqual(new Set(csvRows(sample, 'crm-contacts.csv', true).map(([id]) => id)))
    const owned = csvRows(sample, 'shop-orders.csv').filter((row) => row[1] !== '')
    expect(keysOf('shop-orders')).toEqual(new Set(owned.map(([name]) => name)))
    expect(keysOf('third-party-append')).toEqual(
      new Set(csvRows(sample, 'third-party-append.csv').map(([email]) => email)),
    )
    expect(keysOf('support-tickets').size).toBe(expected.support.tickets)
    const ids = new Set(messages.map(({ messageId }) => messageId))
    expect([...keysOf('web-events')].every((id) => ids.has(id))).toBe(true)
  })

  test('an event has a truth when something ties it to somebody, and only then', () => {
    const known = new Set(
      messages.flatMap(({ type, userId, anonymousId }) => (type === 'identify' || userId ? [anonymousId] : [])),
    )
    const tied = messages.filter(
      ({ userId, anonymousId, context }) =>
        userId !== undefined || context.traits !== undefined || known.has(anonymousId),
    )
    // On a device that its owner made known, nobody but people of the sample ever sits.
    expect(keysOf('web-events')).toEqual(new Set(tied.map(({ messageId }) => messageId)))
  })

  test('one user id is one person', () => {
    const personOf = new Map(
      truth.filter(({ source }) => source === 'web-events').map(({ key, person }) => [key, person]),
    )
    for (const group of groupBy(messages, ({ userId }) => userId).values()) {
      expect(new Set(group.map(({ messageId }) => personOf.get(messageId))).size).toBe(1)
    }
  })

  test('somebody signed in on a device that another person of the household uses too', () => {
    const personOf = new Map(
      truth.filter(({ source }) => source === 'web-events').map(({ key, person }) => [key, person]),
    )
    const devices = groupBy(
      messages.filter(
        ({ type, userId, context }) => (type === 'identify' || userId !== undefined) && context.traits === undefined,
      ),
      ({ anonymousId }) => anonymousId,
    )
    const shared = [...devices.values()].filter(
      (group) => new Set(group.map(({ messageId }) => personOf.get(messageId))).size > 1,
    )
    expect(shared).toHaveLength(expected.web.sharedDevices)
  })
})
