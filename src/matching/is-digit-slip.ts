/** Digits of a date written year, month, day. */
const DIGITS = 8

/**
 * Whether in two numbers of at most eight digits no digit differs, or one, or two neighbours are exchanged: what a
 * finger does to a date. Symmetric.
 */
export function isDigitSlip(a: number, b: number): boolean {
  let differing = 0
  let isExchange = false
  let previousA = -1
  let previousB = -1
  let isPreviousDifferent = false
  for (let place = 0; place < DIGITS; place++) {
    const digitA = a % 10
    const digitB = b % 10
    a = (a - digitA) / 10
    b = (b - digitB) / 10
    if (digitA !== digitB) {
      if (++differing > 2) return false
      if (isPreviousDifferent && digitA === previousB && digitB === previousA) isExchange = true
    }
    isPreviousDifferent = digitA !== digitB
    previousA = digitA
    previousB = digitB
  }
  return differing <= 1 || (differing === 2 && isExchange)
}
