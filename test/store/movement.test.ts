import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { measureFlows, measureMovement } from '../../src/store/behaviour/measure-movement.ts'
import { type MigratedDatabase, openMigratedDatabase } from '../support/open-migrated-database.ts'

let database: MigratedDatabase
beforeAll(async () => {
  database = await openMigratedDatabase('movement')
})
afterAll(() => database.drop())

const at = (day: number): Date => new Date(Date.UTC(2026, 0, 1 + day))
const PEOPLE = 5
const SEGMENTS = ['a', 'b', 'c']

interface Stay {
  readonly person: number
  readonly segment: string
  readonly from: number
  readonly to: number | null
}

const stays = fc.uniqueArray(
  fc.record({
    person: fc.nat({ max: PEOPLE - 1 }),
    segment: fc.constantFrom(...SEGMENTS),
    from: fc.nat({ max: 9 }),
    length: fc.option(fc.integer({ min: 1, max: 9 }), { freq: 3 }),
  }),
  { maxLength: 12, selector: ({ person, segment, from }) => `${person} ${segment} ${from}` },
)
/** Whom somebody was merged into; those with a number below it, so that nobody leads in a circle. */
const leads = fc.array(fc.option(fc.nat({ max: 1 }), { freq: 4 }), { minLength: PEOPLE, maxLength: PEOPLE })

test('movement counts each person once, as whom they are now, at either instant [F6]', async () => {
  const { sql } = database.context.store
  await fc.assert(
    fc.asyncProperty(
      stays,
      leads,
      fc.nat({ max: 8 }),
      fc.integer({ min: 1, max: 9 }),
      async (given, merged, first, more) => {
        const all: Stay[] = given.map(({ length, ...stay }) => ({
          ...stay,
          to: length === null ? null : stay.from + length,
        }))
        const leadOf = (person: number): number => (person < 2 ? person : (merged[person] ?? person))
        await sql`TRUNCATE onefold_out.segment_memberships, onefold_out.profile_redirects`
        for (const { person, segment, from, to } of all)
          await sql`
          INSERT INTO onefold_out.segment_memberships (profile_id, segment_id, version, reason, valid_from, valid_to)
          VALUES (${`p_${person}`}, ${segment}, 1, '', ${at(from)}, ${to === null ? null : at(to)})`
        for (let person = 2; person < PEOPLE; person++)
          if (leadOf(person) !== person)
            await sql`INSERT INTO onefold_out.profile_redirects VALUES (${`p_${person}`}, ${`p_${leadOf(person)}`}, now())`

        const membersAt = (day: number, segment: string): Set<number> =>
          new Set(
            all
              .filter((stay) => stay.segment === segment && stay.from <= day && (stay.to === null || stay.to > day))
              .map(({ person }) => leadOf(person)),
          )
        const [since, until] = [first, first + more]
        const expected = SEGMENTS.flatMap((segmentId) => {
          const [before, after] = [membersAt(since, segmentId), membersAt(until, segmentId)]
          const left = [...before].filter((person) => !after.has(person)).length
          const entered = [...after].filter((person) => !before.has(person)).length
          return before.size + after.size === 0
            ? []
            : [{ segmentId, before: before.size, left, entered, after: after.size }]
        })
        const interval = { since: at(since), until: at(until) }
        expect(await measureMovement(sql, interval)).toEqual(expected)

        const [before, after] = [membersAt(since, 'a'), membersAt(until, 'a')]
        const flow = (movers: number[], one: number, other: number): Map<string | null, number> => {
          const counts = new Map<string | null, number>()
          for (const person of movers) {
            const others = SEGMENTS.filter((id) => membersAt(one, id).has(person) && !membersAt(other, id).has(person))
            for (const id of others.length === 0 ? [null] : others) counts.set(id, (counts.get(id) ?? 0) + 1)
          }
          return counts
        }
        const flows = await measureFlows(sql, 'a', interval)
        const told = (direction: string): Map<string | null, number> =>
          new Map(
            flows.filter((each) => each.direction === direction).map(({ segmentId, people }) => [segmentId, people]),
          )
        expect(told('to')).toEqual(
          flow(
            [...before].filter((person) => !after.has(person)),
            until,
            since,
          ),
        )
        expect(told('from')).toEqual(
          flow(
            [...after].filter((person) => !before.has(person)),
            since,
            until,
          ),
        )
      },
    ),
    { numRuns: 60 },
  )
})
