const LONE_SURROGATE = /\p{Surrogate}/u
const ALL_LONE_SURROGATES = /\p{Surrogate}/gu

/**
 * A text without the two things PostgreSQL cannot store: NUL is removed, a lone surrogate becomes U+FFFD.
 * Idempotent. The caller compares with the original to learn whether anything was mended.
 */
export function mendText(text: string): string {
  const withoutNul = text.includes('\0') ? text.replaceAll('\0', '') : text
  return LONE_SURROGATE.test(withoutNul) ? withoutNul.replace(ALL_LONE_SURROGATES, '\uFFFD') : withoutNul
}
