import { shareInts } from './share-array.ts'

const WIDTH = 4
const LENGTH = 0
const HIGH = 1
const LOW = 2
const TAIL = 3
/** Digits in each half: four bits each. */
const HALF = 5

/** What the filter asks of each of `size` numbers of up to ten digits: length, the digits in two halves, the last ones. */
export function describeDigits(size: number, textOf: (code: number) => string): Int32Array {
  const digits = shareInts(size * WIDTH)
  for (let code = 1; code < size; code++) {
    const text = textOf(code)
    const at = code * WIDTH
    const { length } = text
    digits[at + LENGTH] = length
    for (let place = 0; place < length; place++) {
      const half = length - place > HALF ? HIGH : LOW
      digits[at + half] = (digits[at + half]! << 4) | (text.charCodeAt(place) - 48)
    }
    digits[at + TAIL] = Number(text.slice(-7))
  }
  return digits
}

/**
 * Says at once of most numbers that neither one slip makes them one nor their last `tail` (seven) digits agree: of two
 * as long, more than two digits differ. True when it cannot say.
 */
export function openDigitFilter(digits: Int32Array): (a: number, b: number) => boolean {
  return (a, b) => {
    const atA = a * WIDTH
    const atB = b * WIDTH
    if (digits[atA + TAIL] === digits[atB + TAIL]) return true
    const longer = digits[atA + LENGTH]! - digits[atB + LENGTH]!
    if (longer !== 0) return longer >= -1 && longer <= 1
    return (
      countDigits(digits[atA + HIGH]! ^ digits[atB + HIGH]!) + countDigits(digits[atA + LOW]! ^ digits[atB + LOW]!) <= 2
    )
  }
}

/** Digits of four bits that are not 0. */
function countDigits(packed: number): number {
  const ones = (packed | (packed >>> 1) | (packed >>> 2) | (packed >>> 3)) & 0x11111
  return (Math.imul(ones, 0x11111) >>> 16) & 15
}
