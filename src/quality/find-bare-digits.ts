/**
 * The digits of a text that is nothing else, but for one `+` in front; undefined for every other text.
 * Most numbers come so: cut out of the text at once, they need not be put together digit by digit.
 */
export function findBareDigits(text: string): string | undefined {
  const start = text.charCodeAt(0) === 43 ? 1 : 0
  if (text.length === start) return undefined
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 48 || code > 57) return undefined
  }
  return start === 0 ? text : text.slice(1)
}
