/** Numbers that threads see without a copy, all 0. */
export function shareInts(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * 4))
}

/** Bytes that threads see without a copy, all 0. */
export function shareBytes(length: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(length))
}
