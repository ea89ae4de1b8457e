import { Buffer, isUtf8 } from 'node:buffer'
import { shareBytes } from './share-array.ts'
import type { Texts } from './texts.ts'

/** Gives equal runs of bytes one code, from 1 on in the order they turn up; no bytes are 0. */
export interface ByteInterner {
  readonly intern: (bytes: Uint8Array, from: number, to: number) => number
  readonly internText: (text: string) => number
  /** All texts so far, by code. */
  readonly texts: () => Texts
  readonly isUtf8: () => boolean
}

/** What an interner knows; one shape for all, so that the code that works on it is compiled once. */
interface Memory {
  /** Code and hash of each slot side by side: looking for a text touches one place more only where the hash fits. */
  slots: Int32Array
  ends: Uint32Array
  arena: Uint8Array
  used: number
  /** All bytes so far or-ed: below 128 all of it is ASCII. */
  seen: number
  scratch: Buffer
}

/** Open addressing over an arena of bytes: about 20 bytes a value beside its own, and no string until somebody reads it. */
export function openByteInterner(): ByteInterner {
  const memory: Memory = {
    slots: new Int32Array(1 << 11),
    ends: newEnds(512),
    arena: shareBytes(1 << 13),
    used: 0,
    seen: 0,
    scratch: Buffer.alloc(256),
  }
  return {
    intern: (bytes, from, to) => internBytes(memory, bytes, from, to),
    internText: (text) => internText(memory, text),
    texts: () => {
      const { used, ends, arena, seen } = memory
      return {
        size: used + 1,
        bytes: arena.subarray(0, ends[used]),
        ends: ends.subarray(0, used + 1),
        isAscii: seen < 128,
      }
    },
    isUtf8: () => memory.seen < 128 || isUtf8(memory.arena.subarray(0, memory.ends[memory.used])),
  }
}

function newEnds(length: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(length * 4))
}

function internText(memory: Memory, text: string): number {
  const { length } = text
  if (length * 3 > memory.scratch.length) memory.scratch = Buffer.alloc(length * 6)
  const { scratch } = memory
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at)
    if (code > 127) return internBytes(memory, scratch, 0, scratch.write(text))
    scratch[at] = code
  }
  return internBytes(memory, scratch, 0, length)
}

function internBytes(memory: Memory, bytes: Uint8Array, from: number, to: number): number {
  if (from === to) return 0
  let hash = 0x811c9dc5
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  const { slots } = memory
  const mask = slots.length - 2
  let slot = (hash << 1) & mask
  for (let code = slots[slot]!; code !== 0; code = slots[slot]!) {
    if (slots[slot + 1] === hash && isEqual(memory, code, bytes, from, to)) return code
    slot = (slot + 2) & mask
  }
  return add(memory, slot, hash, bytes, from, to)
}

function isEqual({ ends, arena }: Memory, code: number, bytes: Uint8Array, from: number, to: number): boolean {
  let at = ends[code - 1]!
  if (ends[code]! - at !== to - from) return false
  for (let place = from; place < to; place++) if (arena[at++] !== bytes[place]) return false
  return true
}

function add(memory: Memory, slot: number, hash: number, bytes: Uint8Array, from: number, to: number): number {
  const code = ++memory.used
  memory.slots[slot] = code
  memory.slots[slot + 1] = hash
  let filled = memory.ends[code - 1]!
  if (filled + to - from > memory.arena.length) {
    const wider = shareBytes(Math.max(memory.arena.length * 2, filled + to - from))
    wider.set(memory.arena)
    memory.arena = wider
  }
  const { arena } = memory
  let seen = 0
  for (let at = from; at < to; at++) {
    seen |= bytes[at]!
    arena[filled++] = bytes[at]!
  }
  memory.seen |= seen
  memory.ends[code] = filled
  if (code * 4 + 4 >= memory.slots.length) grow(memory)
  return code
}

function grow(memory: Memory): void {
  const { slots: old } = memory
  const slots = new Int32Array(old.length * 2)
  const mask = slots.length - 2
  for (let from = 0; from < old.length; from += 2) {
    if (old[from] === 0) continue
    let slot = (old[from + 1]! << 1) & mask
    while (slots[slot] !== 0) slot = (slot + 2) & mask
    slots[slot] = old[from]!
    slots[slot + 1] = old[from + 1]!
  }
  const ends = newEnds(slots.length / 4)
  ends.set(memory.ends)
  memory.slots = slots
  memory.ends = ends
}
