import type { ContributingRecord } from '../../src/profile/composed-profile.ts'
import type { NormalizedRecord } from '../../src/record/normalized-record.ts'

/** A record that says only what the test says. */
export function buildContribution(
  recordId: string,
  says: Partial<NormalizedRecord>,
  from: Partial<Omit<ContributingRecord, 'record' | 'recordId'>> = {},
): ContributingRecord {
  const record = { emails: [], phones: [], identifiers: [], display: {}, ...says }
  return { recordId, source: 'crm', trust: 0.5, seq: 1, ...from, record }
}
