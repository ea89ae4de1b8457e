import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AuditEntry, AuditRoot, ChainedAuditEntry } from '../../src/audit/audit-entry.ts'
import { AUDIT_GENESIS, chainEntry } from '../../src/audit/chain-entry.ts'
import { merkleRoot } from '../../src/audit/merkle-root.ts'
import { verifyChain } from '../../src/audit/verify-chain.ts'

function chain(entries: readonly AuditEntry[]): ChainedAuditEntry[] {
  let hash = AUDIT_GENESIS
  return entries.map((entry) => {
    hash = chainEntry(hash, entry)
    return { ...entry, hash }
  })
}

function anchor(entries: readonly ChainedAuditEntry[], uptoSeq: number): AuditRoot {
  return { uptoSeq, count: uptoSeq, root: merkleRoot(entries.slice(0, uptoSeq).map((entry) => entry.hash)) }
}

function writeEntries(count: number): AuditEntry[] {
  return Array.from({ length: count }, (_, index) => ({
    seq: index + 1,
    at: new Date(1_700_000_000_000 + index * 1000).toISOString(),
    actor: `usr_${index % 3}`,
    action: index % 2 ? 'profile.merged' : 'record.read',
    subject: `prf_${index}`,
    details: { records: index, rule: 'email', automatic: index % 2 === 0 },
  }))
}

/** A log of some length, roots over some of its beginnings, always one over all of it. */
const logs = fc.tuple(fc.integer({ min: 2, max: 20 }), fc.nat()).map(([count, pick]) => {
  const entries = chain(writeEntries(count))
  return { entries, roots: [anchor(entries, 1 + (pick % count)), anchor(entries, count)] }
})

const mutations: Record<string, (entry: ChainedAuditEntry) => ChainedAuditEntry> = {
  seq: (entry) => ({ ...entry, seq: entry.seq + 1 }),
  at: (entry) => ({ ...entry, at: '2031-01-01T00:00:00.000Z' }),
  actor: (entry) => ({ ...entry, actor: `${entry.actor} ` }),
  action: (entry) => ({ ...entry, action: 'record.erased' }),
  subject: (entry) => ({ ...entry, subject: 'prf_x' }),
  'a detail': (entry) => ({ ...entry, details: { ...entry.details, records: -1 } }),
  'a detail that is gone': (entry) => ({ ...entry, details: { rule: 'email' } }),
  'a detail that was added': (entry) => ({ ...entry, details: { ...entry.details, extra: null } }),
  'a detail that became text': (entry) => ({ ...entry, details: { ...entry.details, automatic: 'true' } }),
  hash: (entry) => ({ ...entry, hash: Buffer.from(entry.hash).fill(1, 31) }),
  'a field that is not canonical': (entry) => ({ ...entry, details: { records: Number.NaN } }),
}

describe('verifyChain', () => {
  it('finds nothing in a log as it was written', () => {
    fc.assert(
      fc.property(logs, ({ entries, roots }) => {
        expect(verifyChain(entries, roots)).toEqual([])
      }),
    )
  })

  it('finds nothing in an empty log without roots', () => {
    expect(verifyChain([], [])).toEqual([])
  })

  it.each(Object.keys(mutations))('finds an edit of %s, whichever entry it is in', (field) => {
    fc.assert(
      fc.property(logs, fc.nat(), ({ entries, roots }, pick) => {
        const at = pick % entries.length
        const tampered = entries.map((entry, index) => (index === at ? (mutations[field]?.(entry) ?? entry) : entry))
        expect(verifyChain(tampered, roots)).not.toEqual([])
        // The chain alone is enough for a single edit.
        expect(verifyChain(tampered, [])).not.toEqual([])
      }),
    )
  })

  it('finds an edited entry whose own hash was made to fit, by the entry after it', () => {
    const entries = chain(writeEntries(4))
    const [first, second] = entries as [ChainedAuditEntry, ChainedAuditEntry]
    const edited = { ...second, actor: 'usr_9' }
    const fitted = { ...edited, hash: chainEntry(first.hash, edited) }
    expect(verifyChain(entries.toSpliced(1, 1, fitted), [])).toEqual([{ code: 'entry.hash_differs', seq: 3 }])
  })

  it('finds a number left out, even when the chain around it was made to fit', () => {
    const entries = chain(writeEntries(4).toSpliced(1, 1))
    expect(verifyChain(entries, [])).toEqual([{ code: 'entry.out_of_place', seq: 3 }])
  })

  it('finds two entries that changed places', () => {
    fc.assert(
      fc.property(logs, fc.nat(), fc.nat(), ({ entries }, one, other) => {
        const a = one % entries.length
        const b = other % entries.length
        fc.pre(a !== b)
        const swapped = entries.map((entry, index) => (index === a ? entries[b] : index === b ? entries[a] : entry))
        expect(verifyChain(swapped as ChainedAuditEntry[], [])).not.toEqual([])
      }),
    )
  })

  it('finds a deleted entry and a repeated one', () => {
    fc.assert(
      fc.property(logs, fc.nat(), ({ entries, roots }, pick) => {
        const at = pick % entries.length
        expect(verifyChain(entries.toSpliced(at, 1), roots)).not.toEqual([])
        const repeated = entries.toSpliced(at, 0, entries[at] as ChainedAuditEntry)
        expect(verifyChain(repeated, [])).not.toEqual([])
      }),
    )
  })

  it('finds a tail cut off behind any root', () => {
    fc.assert(
      fc.property(logs, fc.nat(), ({ entries, roots }, pick) => {
        const cut = entries.slice(0, pick % entries.length)
        expect(verifyChain(cut, roots)).toContainEqual({ code: 'log.truncated', seq: entries.length })
      }),
    )
  })

  it('finds a log that was rewritten and chained anew from some entry on', () => {
    fc.assert(
      fc.property(logs, fc.nat(), ({ entries, roots }, pick) => {
        const at = pick % entries.length
        const rewritten = chain(entries.map((entry, index) => (index === at ? { ...entry, actor: 'usr_9' } : entry)))
        expect(verifyChain(rewritten, [])).toEqual([])
        expect(verifyChain(rewritten, roots)).toContainEqual({ code: 'root.differs', seq: entries.length })
      }),
    )
  })

  it('finds a changed root', () => {
    const entries = chain(writeEntries(5))
    const root = anchor(entries, 5)
    expect(verifyChain(entries, [{ ...root, count: 4 }])).toEqual([{ code: 'root.malformed', seq: 5 }])
    expect(verifyChain(entries, [{ ...root, root: Buffer.alloc(32) }])).toEqual([{ code: 'root.differs', seq: 5 }])
  })

  it('reports one edit once', () => {
    const entries = chain(writeEntries(5))
    const edited = entries.map((entry) => (entry.seq === 3 ? { ...entry, actor: 'usr_9' } : entry))
    expect(verifyChain(edited, [])).toEqual([{ code: 'entry.hash_differs', seq: 3 }])
  })

  it('does not mind key order or further columns', () => {
    const [entry] = chain(writeEntries(1)) as [ChainedAuditEntry]
    const { records, rule, automatic } = entry.details
    const row = { storedBy: 'x', ...entry, details: { automatic, rule, records } } as ChainedAuditEntry
    expect(verifyChain([row], [])).toEqual([])
  })
})
