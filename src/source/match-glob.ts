/**
 * Whether a path (segments by `/`) fits a glob: `?` is one character and `*` any number, both within a segment; a
 * segment `**` is any number of segments. Hidden segments fit only a pattern segment that begins with a dot.
 * Linear in pattern times path, never exponential.
 */
export function matchGlob(pattern: string, path: string): boolean {
  const wanted = pattern.split('/')
  const given = path.split('/')
  // reachable[i]: the pattern's first i segments fit the path's segments read so far.
  let reachable = closeStars(wanted, [true, ...wanted.map(() => false)])
  for (const segment of given) {
    const next = reachable.map(() => false)
    wanted.forEach((want, index) => {
      if (want === '**') {
        if (reachable[index] === true && !segment.startsWith('.')) next[index] = true
      } else if (reachable[index] === true && matchSegment(want, segment)) {
        next[index + 1] = true
      }
    })
    reachable = closeStars(wanted, next)
  }
  return reachable[wanted.length] === true
}

/** `**` also stands for no segment at all. */
function closeStars(wanted: readonly string[], reachable: boolean[]): boolean[] {
  wanted.forEach((want, index) => {
    if (want === '**' && reachable[index] === true) reachable[index + 1] = true
  })
  return reachable
}

function matchSegment(pattern: string, text: string): boolean {
  if (text.startsWith('.') && !pattern.startsWith('.')) return false
  let at = 0
  let star = -1
  let resume = 0
  let want = 0
  while (at < text.length) {
    if (want < pattern.length && (pattern[want] === '?' || (pattern[want] === text[at] && pattern[want] !== '*'))) {
      at++
      want++
    } else if (pattern[want] === '*') {
      star = want++
      resume = at
    } else if (star >= 0) {
      want = star + 1
      at = ++resume
    } else {
      return false
    }
  }
  while (pattern[want] === '*') want++
  return want === pattern.length
}
