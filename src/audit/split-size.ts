/** The largest power of two below `count` (2 or more): how many leaves go left (RFC 6962 section 2.1). */
export function splitSize(count: number): number {
  let size = 1
  while (size * 2 < count) size *= 2
  return size
}
