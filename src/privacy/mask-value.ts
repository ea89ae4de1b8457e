const HIDDEN = '•••'

/**
 * A value as somebody may see it who compares two without needing to know them: of each word its first letter, of
 * each number of more than two digits its last two, nothing of shorter ones. Signs between them stay, lengths do not.
 * Empty gives empty. Equal values have equal masks, not the other way round.
 */
export function maskValue(value: string): string {
  return value.replace(/\p{N}+|[\p{L}\p{M}]+/gu, (run) => {
    if (!/^\p{N}/u.test(run)) return `${[...run][0] ?? ''}${HIDDEN}`
    const digits = [...run]
    return digits.length > 2 ? `${HIDDEN}${digits.slice(-2).join('')}` : HIDDEN
  })
}
