import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashToId } from '../../src/pipeline/hash-to-id.ts'
import { openSeenFilter } from '../../src/pipeline/ingest/open-seen-filter.ts'
import { deriveHashKey } from '../../src/privacy/derive-hash-key.ts'
import { packUuids, spellId } from '../../src/store/uuid-column.ts'

const key = deriveHashKey(Buffer.alloc(32, 1))
const name = (number: number): string => spellId(hashToId(key, 'record', String(number)))

test('whatever was noted is found', () => {
  fc.assert(
    fc.property(fc.array(fc.uuid()), fc.array(fc.uuid()), (noted, others) => {
      const filter = openSeenFilter()
      filter.note(packUuids(noted))
      const found = Array.from(filter.find(packUuids([...others, ...noted])))
      expect(found.slice(-noted.length || found.length)).toEqual(noted.map((_, index) => others.length + index))
    }),
    { numRuns: 20 },
  )
})

test('of what was not, hardly any', () => {
  const filter = openSeenFilter()
  filter.note(packUuids(Array.from({ length: 100_000 }, (_, number) => name(number))))
  const found = filter.find(packUuids(Array.from({ length: 20_000 }, (_, number) => name(1_000_000 + number))))
  expect(found.length).toBeLessThan(10)
})
