import { Buffer } from 'node:buffer'

/** Gives equal runs of bytes one code, from 1 on in the order they turn up; no bytes are 0. */
export interface ByteInterner {
  readonly intern: (bytes: Uint8Array, from: number, to: number) => number
  /** Texts by code, decoded when first asked for. */
  readonly decode: () => readonly string[]
  readonly isUtf8: () => boolean
}

/** What an interner knows; one shape for all, so that the code that works on it is compiled once. */
interface Memory {
  slots: Int32Array
  hashes: Int32Array
  ends: Uint32Array
  arena: Uint8Array
  used: number
  values: readonly string[] | undefined
}

/** Open addressing over an arena of bytes: 16 bytes a value beside its own, and no string until somebody reads it. */
export function openByteInterner(): ByteInterner {
  const memory: Memory = {
    slots: new Int32Array(1 << 10),
    hashes: new Int32Array(512),
    ends: new Uint32Array(512),
    arena: new Uint8Array(1 << 13),
    used: 0,
    values: undefined,
  }
  return {
    intern: (bytes, from, to) => internBytes(memory, bytes, from, to),
    decode: () => (memory.values ??= decodeAll(memory)),
    isUtf8: () => isUtf8(memory),
  }
}

function internBytes(memory: Memory, bytes: Uint8Array, from: number, to: number): number {
  if (from === to) return 0
  let hash = 0x811c9dc5
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  const { slots, hashes } = memory
  const mask = slots.length - 1
  let slot = hash & mask
  for (let code = slots[slot]!; code !== 0; code = slots[slot]!) {
    if (hashes[code] === hash && isEqual(memory, code, bytes, from, to)) return code
    slot = (slot + 1) & mask
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
  memory.hashes[code] = hash
  let filled = memory.ends[code - 1]!
  if (filled + to - from > memory.arena.length) {
    const wider = new Uint8Array(Math.max(memory.arena.length * 2, filled + to - from))
    wider.set(memory.arena)
    memory.arena = wider
  }
  for (let at = from; at < to; at++) memory.arena[filled++] = bytes[at]!
  memory.ends[code] = filled
  memory.values = undefined
  if (code * 2 + 2 >= memory.slots.length) grow(memory)
  return code
}

function grow(memory: Memory): void {
  const slots = new Int32Array(memory.slots.length * 2)
  const mask = slots.length - 1
  for (let code = 1; code <= memory.used; code++) {
    let slot = memory.hashes[code]! & mask
    while (slots[slot] !== 0) slot = (slot + 1) & mask
    slots[slot] = code
  }
  const hashes = new Int32Array(slots.length / 2)
  hashes.set(memory.hashes)
  const ends = new Uint32Array(slots.length / 2)
  ends.set(memory.ends)
  memory.slots = slots
  memory.hashes = hashes
  memory.ends = ends
}

function decodeAll({ arena, ends, used }: Memory): readonly string[] {
  const buffer = Buffer.from(arena.buffer, 0, ends[used])
  const texts = new Array<string>(used + 1)
  texts[0] = ''
  for (let code = 1; code <= used; code++) texts[code] = buffer.toString('utf8', ends[code - 1], ends[code])
  return texts
}

function isUtf8({ arena, ends, used }: Memory): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(arena.subarray(0, ends[used]))
    return true
  } catch {
    return false
  }
}
