import type { Issue, Severity } from './issue.ts'

export type Admission = 'accepted' | 'quarantined' | 'rejected'

const ADMISSIONS: Readonly<Record<Severity, Admission>> = {
  info: 'accepted',
  warn: 'accepted',
  quarantine: 'quarantined',
  reject: 'rejected',
}

/**
 * Decides what becomes of a row: its worst issue does. No issue, no doubt.
 * Order-free; adding an issue never makes the outcome better.
 */
export function admit(issues: readonly Issue[]): Admission {
  let admission: Admission = 'accepted'
  for (const { severity } of issues) {
    if (ADMISSIONS[severity] === 'rejected') return 'rejected'
    if (ADMISSIONS[severity] === 'quarantined') admission = 'quarantined'
  }
  return admission
}
