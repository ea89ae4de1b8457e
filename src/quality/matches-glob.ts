/**
 * Says whether a whole text matches a pattern in which `*` is any text and `?` one character.
 *
 * Everything else stands for itself and case counts. There is no way to make it slow: each `*` is settled once and
 * for all at its first place that fits, so the time is at most length × pattern, without backtracking further.
 */
export function matchesGlob(text: string, pattern: string): boolean {
  let at = 0
  let next = 0
  let star = -1
  let resume = 0
  while (at < text.length) {
    const mark = pattern[next]
    if (mark === '*') {
      star = next++
      resume = at
    } else if (next < pattern.length && (mark === '?' || mark === text[at])) {
      next++
      at++
    } else if (star >= 0) {
      next = star + 1
      at = ++resume
    } else return false
  }
  while (pattern[next] === '*') next++
  return next === pattern.length
}
