/** True when one character dropped, added, replaced or two neighbours exchanged turn one text into the other. Symmetric; linear. */
export function isOneSlip(a: string, b: string): boolean {
  const longer = Math.max(a.length, b.length)
  const shorter = Math.min(a.length, b.length)
  if (longer - shorter > 1) return false
  let head = 0
  while (head < shorter && a.charCodeAt(head) === b.charCodeAt(head)) head++
  let tail = 0
  while (tail < shorter - head && a.charCodeAt(a.length - 1 - tail) === b.charCodeAt(b.length - 1 - tail)) tail++
  if (head + tail >= longer - 1) return true
  return (
    a.length === b.length &&
    head + tail === longer - 2 &&
    a.charCodeAt(head) === b.charCodeAt(head + 1) &&
    a.charCodeAt(head + 1) === b.charCodeAt(head)
  )
}
