import type { Random } from './create-random.ts'

/** A version 4 UUID (RFC 9562, 2024) drawn from the stream: repeatable, therefore only for samples. */
export function inventUuid(random: Random): string {
  let hex = ''
  for (let word = 0; word < 4; word += 1) {
    hex += Math.floor(random.fraction() * 4_294_967_296)
      .toString(16)
      .padStart(8, '0')
  }
  const variant = '89ab'.charAt(random.integer(0, 3))
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
