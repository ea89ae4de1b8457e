import type { RecordHead } from '../../store/ingest/encode-records.ts'
import type { RecordVersion } from '../../store/ingest/ledger-batch.ts'

/** What accepted versions make of their records. */
export interface DerivedHeads {
  /** Records that were not known. */
  readonly added: readonly RecordHead[]
  /** Known records with the version that is their newest now. */
  readonly changed: readonly RecordHead[]
  /** Versions, new or old, that are not, or no longer, the newest. */
  readonly superseded: readonly RecordVersion[]
}

/**
 * Derives one head a record: the version that the source's clock, then the fingerprint, puts last, so that deliveries
 * may arrive in any order. A source without a clock is believed in the order of arrival. `known` are the newest
 * versions so far.
 */
export function deriveHeads(
  versions: readonly RecordVersion[],
  known: ReadonlyMap<string, RecordVersion>,
): DerivedHeads {
  const heads = new Map<string, RecordHead>()
  const superseded: RecordVersion[] = []
  for (const version of versions) {
    const { recordId, place } = version
    const before = heads.get(recordId)
    const other = before ?? known.get(recordId)
    if (other === undefined) {
      heads.set(recordId, { ...version, firstPlace: place, versions: 1 })
      continue
    }
    const newer = isNewer(version, other)
    superseded.push(newer ? other : version)
    const { firstPlace = place, versions: count = 0 } = before ?? {}
    heads.set(recordId, { ...(newer ? version : other), firstPlace, versions: count + 1 })
  }
  const all = [...heads.values()]
  if (known.size === 0) return { added: all, changed: [], superseded }
  return {
    added: all.filter((head) => !known.has(head.recordId)),
    changed: all.filter((head) => known.has(head.recordId)),
    superseded,
  }
}

function isNewer(version: RecordVersion, other: RecordVersion): boolean {
  if (other.updatedAtMs === null) return true
  if (version.updatedAtMs === null) return false
  if (version.updatedAtMs !== other.updatedAtMs) return version.updatedAtMs > other.updatedAtMs
  return version.fingerprint > other.fingerprint
}
