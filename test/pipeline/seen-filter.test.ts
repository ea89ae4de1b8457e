import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashToId } from '../../src/pipeline/hash-to-id.ts'
import { openSeenFilter } from '../../src/pipeline/ingest/open-seen-filter.ts'
import { deriveHashKey } from '../../src/privacy/derive-hash-key.ts'
import { packUuids, readUuid, spellId, UUID_BYTES } from '../../src/store/uuid-column.ts'

const key = deriveHashKey(Buffer.alloc(32, 1))
const name = (number: number): string => spellId(hashToId(key, 'record', String(number)))

function spellAll(column: Uint8Array): string[] {
  return Array.from({ length: column.length / UUID_BYTES }, (_, index) => readUuid(column, index))
}

test('whatever was noted is picked', () => {
  fc.assert(
    fc.property(fc.array(fc.uuid()), fc.array(fc.uuid()), (noted, others) => {
      const filter = openSeenFilter()
      filter.note(packUuids(noted))
      const picked = spellAll(filter.pick(packUuids([...others, ...noted])))
      expect(picked.slice(-noted.length || picked.length)).toEqual(noted)
    }),
    { numRuns: 20 },
  )
})

test('of what was not, hardly any', () => {
  const filter = openSeenFilter()
  filter.note(packUuids(Array.from({ length: 100_000 }, (_, number) => name(number))))
  const picked = filter.pick(packUuids(Array.from({ length: 20_000 }, (_, number) => name(1_000_000 + number))))
  expect(picked.length / UUID_BYTES).toBeLessThan(10)
})
