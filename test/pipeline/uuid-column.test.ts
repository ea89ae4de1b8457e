import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashToId } from '../../src/pipeline/hash-to-id.ts'
import { deriveHashKey } from '../../src/privacy/derive-hash-key.ts'
import {
  openRepeatFinder,
  packUuids,
  readUuid,
  spellId,
  spellUuids,
  takeUuids,
  writeId,
} from '../../src/store/uuid-column.ts'

const key = deriveHashKey(Buffer.alloc(32, 1))

test('a column gives back the UUIDs that were put in, one by one, at positions and as an array', () => {
  fc.assert(
    fc.property(fc.array(fc.uuid(), { maxLength: 8 }), fc.uniqueArray(fc.nat(7)), (uuids, picks) => {
      const column = packUuids(uuids)
      expect(uuids.map((_, index) => readUuid(column, index))).toEqual(uuids)
      expect(spellUuids(column)).toBe(`{${uuids.map((uuid) => uuid.replaceAll('-', '')).join(',')}}`)
      const positions = Int32Array.from(picks.filter((pick) => pick < uuids.length)).sort()
      const taken = takeUuids(column, positions)
      expect(Array.from(positions, (_, index) => readUuid(taken, index))).toEqual(
        Array.from(positions, (position) => uuids[position]),
      )
    }),
  )
})

test('an id is written as a UUID of version 8 that keeps its other bits', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const id = hashToId(key, 'record', text)
      const uuid = spellId(id)
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      const column = new Uint8Array(32)
      writeId(column, 1, id)
      expect(readUuid(column, 1)).toBe(uuid)
      const bytes = Buffer.from(id, 'latin1')
      const kept = Buffer.from(uuid.replaceAll('-', ''), 'hex')
      kept[6] = (kept[6]! & 0x0f) | (bytes[6]! & 0xf0)
      kept[8] = (kept[8]! & 0x3f) | (bytes[8]! & 0xc0)
      expect(kept).toEqual(bytes)
    }),
  )
})

test('a repeat leads to where it stood in the column first, and nothing is a repeat after a clearing', () => {
  const few = fc.constantFrom(...Array.from({ length: 6 }, (_, index) => spellId(hashToId(key, 'record', `${index}`))))
  // Equal in the bytes that choose a place in the table, and only there.
  const near = fc.constantFrom('00000000-0000-8000-8000-000000000001', '00000000-0000-8000-8000-000000000002')
  fc.assert(
    fc.property(fc.array(fc.oneof(few, near), { maxLength: 12 }), (uuids) => {
      const finder = openRepeatFinder(packUuids(uuids), uuids.length)
      for (let twice = 0; twice < 2; twice++) {
        expect(uuids.map((_, index) => finder.findFirst(index))).toEqual(uuids.map((uuid) => uuids.indexOf(uuid)))
        finder.clear()
      }
    }),
  )
})
