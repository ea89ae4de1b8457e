import fc from 'fast-check'
import type { NormalizedRecord } from '../../src/record/normalized-record.ts'
import { buildRecord } from './build-record.ts'

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const pick = (...texts: string[]) => fc.constantFrom(...texts)
const given = pick('anna', 'maria', 'a', 'robert', 'bob', 'patrick', 'patricia', 'mara', '伟')
const family = pick('schmidt', 'schmitt', 'anna', 'meyer', 'm', 'sanchez', 'mendoza', 'jr', '张')

const arbitraryParts = fc.record({
  given: maybe(fc.array(given, { minLength: 1, maxLength: 2 })),
  family: maybe(fc.array(family, { minLength: 1, maxLength: 2 })),
  birthDate: maybe(
    fc.record({
      year: fc.constantFrom(1978, 1979, 1987),
      month: maybe(fc.constantFrom(1, 11, 12)),
      day: maybe(fc.constantFrom(1, 2, 11, 12, 21)),
    }),
  ),
  sex: maybe(fc.constantFrom('f' as const, 'm' as const, 'x' as const)),
  emails: fc.uniqueArray(
    pick('anna.schmidt@gmail.com', 'annaschmidt@gmail.com', 'aschmidt@web.example', 'info@web.example'),
    { maxLength: 2 },
  ),
  phones: fc.uniqueArray(pick('+493012345678', '+498912345678', '+493012345679', '+49110'), { maxLength: 2 }),
  address: maybe(
    fc.record({
      street: maybe(pick('lindenweg', 'lindenwegg', 'hofgasse', 'lindenweg 5 bremen')),
      houseNumber: maybe(pick('5', '7')),
      city: maybe(pick('bremen', 'jena')),
      postcode: maybe(pick('28195', '07743')),
      country: maybe(pick('DE', 'AT')),
    }),
  ),
  organisation: maybe(pick('nordwind', 'nordwind handel', 'nordwind handel bremen', 'suedlicht')),
  identifiers: fc.uniqueArray(
    fc.record({
      kind: fc.constantFrom('user_id' as const, 'device_id' as const, 'passport_id' as const),
      value: pick('1', '2'),
    }),
    { maxLength: 2, selector: ({ kind, value }) => kind + value },
  ),
})

type Parts = typeof arbitraryParts extends fc.Arbitrary<infer P> ? P : never

/** An organisation's own record says nothing of a person. */
const asOrganisation = (parts: Parts): Partial<Parts> => {
  const { given: _g, family: _f, birthDate: _b, sex: _s, emails: _e, ...rest } = parts
  return { ...rest, organisation: parts.organisation ?? 'nordwind', emails: [] }
}

/** Records from a small world, so that every level of every comparison comes up. */
export const arbitraryRecord: fc.Arbitrary<NormalizedRecord> = fc
  .oneof({ arbitrary: arbitraryParts, weight: 4 }, { arbitrary: arbitraryParts.map(asOrganisation), weight: 1 })
  .map((parts) => buildRecord(withoutUndefined(parts) as Partial<NormalizedRecord>))

/** Absent and `undefined` are two things to the compiler. */
function withoutUndefined(value: object): object {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .map(([key, part]) => [
        key,
        typeof part === 'object' && part !== null && !Array.isArray(part) ? withoutUndefined(part) : part,
      ]),
  )
}
