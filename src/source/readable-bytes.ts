import { Buffer } from 'node:buffer'

/** Bytes that are read from any position, as a file handle is. */
export interface ReadableBytes {
  read(target: Buffer, offset: number, length: number, position: number): Promise<{ bytesRead: number; buffer: Buffer }>
}

/** A file that is in memory: its name, which tells the container, and what is in it. */
export interface FileInMemory {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Reads bytes in memory as a file is read. */
export function openBytes(bytes: Uint8Array): ReadableBytes {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return {
    read: async (target, offset, length, position) => ({
      bytesRead: all.copy(target, offset, position, position + length),
      buffer: target,
    }),
  }
}
