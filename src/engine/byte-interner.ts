import { Buffer } from 'node:buffer'

/** Gives equal runs of bytes one code, from 1 on in the order they turn up; no bytes are 0. */
export interface ByteInterner {
  readonly intern: (bytes: Uint8Array, from: number, to: number) => number
  /** Texts by code, decoded when first asked for. Undefined when some are not UTF-8. */
  readonly decode: () => readonly string[]
  readonly isUtf8: () => boolean
}

/** Open addressing over an arena of bytes: 8 bytes a value beside its own, and no string until somebody reads it. */
export function openByteInterner(): ByteInterner {
  let slots = new Int32Array(1 << 10)
  let hashes = new Int32Array(512)
  let ends = new Uint32Array(512)
  let arena = new Uint8Array(1 << 13)
  let used = 0
  let filled = 0
  let values: readonly string[] | undefined

  function grow(): void {
    slots = new Int32Array(slots.length * 2)
    const mask = slots.length - 1
    for (let code = 1; code <= used; code++) {
      let slot = hashes[code]! & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = code
    }
    const more = slots.length / 2
    hashes = widen(hashes, new Int32Array(more))
    ends = widen(ends, new Uint32Array(more))
  }
  return {
    intern: (bytes, from, to) => {
      const length = to - from
      if (length === 0) return 0
      let hash = 0x811c9dc5
      for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193)
      hash ^= hash >>> 15
      hash = Math.imul(hash, 0x85ebca6b)
      hash ^= hash >>> 13
      const mask = slots.length - 1
      let slot = hash & mask
      search: for (let code = slots[slot]!; code !== 0; code = slots[slot]!) {
        if (hashes[code] === hash) {
          const start = ends[code - 1]!
          if (ends[code]! - start === length) {
            let at = 0
            while (at < length && arena[start + at] === bytes[from + at]) at++
            if (at === length) return code
          }
        }
        slot = (slot + 1) & mask
        continue search
      }
      const code = ++used
      slots[slot] = code
      hashes[code] = hash
      if (filled + length > arena.length)
        arena = widen(arena, new Uint8Array(Math.max(arena.length * 2, filled + length)))
      for (let at = 0; at < length; at++) arena[filled + at] = bytes[from + at]!
      filled += length
      ends[code] = filled
      values = undefined
      if (used * 2 + 2 >= slots.length) grow()
      return code
    },
    decode: () => {
      if (values !== undefined) return values
      const buffer = Buffer.from(arena.buffer, 0, filled)
      const texts = new Array<string>(used + 1)
      texts[0] = ''
      for (let code = 1; code <= used; code++) texts[code] = buffer.toString('utf8', ends[code - 1], ends[code])
      values = texts
      return texts
    },
    isUtf8: () => {
      try {
        new TextDecoder('utf-8', { fatal: true }).decode(arena.subarray(0, filled))
        return true
      } catch {
        return false
      }
    },
  }
}

function widen<T extends Int32Array | Uint32Array | Uint8Array>(from: T, to: T): T {
  to.set(from)
  return to
}
