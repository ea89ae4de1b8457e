/** The day of an instant in UTC, as ISO 8601 spells it: `2026-11-27`. */
export function spellDay(at: Date): string {
  return at.toISOString().slice(0, 'yyyy-mm-dd'.length)
}
