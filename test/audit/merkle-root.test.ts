import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appendLeaf, EMPTY_FRONTIER } from '../../src/audit/append-leaf.ts'
import { deriveFrontierRoot } from '../../src/audit/derive-frontier-root.ts'
import { merkleRoot } from '../../src/audit/merkle-root.ts'
import { proveConsistency } from '../../src/audit/prove-consistency.ts'
import { proveInclusion } from '../../src/audit/prove-inclusion.ts'
import { verifyConsistency } from '../../src/audit/verify-consistency.ts'
import { verifyInclusion } from '../../src/audit/verify-inclusion.ts'

// The test vectors of Certificate Transparency's reference implementation.
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  (hex) => Buffer.from(hex, 'hex'),
)
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

const leafLists = fc.array(fc.uint8Array({ maxLength: 8 }), { minLength: 1, maxLength: 40 })

describe('merkleRoot', () => {
  it('equals the published roots of RFC 6962 trees', () => {
    expect(LEAVES.map((_, index) => merkleRoot(LEAVES.slice(0, index + 1)).toString('hex'))).toEqual(ROOTS)
  })

  it('is SHA-256 of nothing for no leaves', () => {
    expect(merkleRoot([])).toEqual(createHash('sha256').digest())
    expect(deriveFrontierRoot(EMPTY_FRONTIER)).toEqual(createHash('sha256').digest())
  })

  it('grows leaf by leaf to the same root', () => {
    fc.assert(
      fc.property(leafLists, (leaves) => {
        expect(deriveFrontierRoot(leaves.reduce(appendLeaf, EMPTY_FRONTIER))).toEqual(merkleRoot(leaves))
      }),
    )
  })

  it('tells an odd last leaf from the same leaf twice (CVE-2012-2459)', () => {
    const [a, b, c] = [Buffer.from('a'), Buffer.from('b'), Buffer.from('c')]
    expect(merkleRoot([a, b, c])).not.toEqual(merkleRoot([a, b, c, c]))
  })
})

describe('inclusion proofs', () => {
  it('hold for every leaf in its place, and in no other', () => {
    fc.assert(
      fc.property(leafLists, fc.nat(), fc.nat(), (leaves, pick, other) => {
        const index = pick % leaves.length
        const leaf = leaves[index] ?? new Uint8Array()
        const root = merkleRoot(leaves)
        const proof = proveInclusion(leaves, index)
        expect(verifyInclusion(leaf, index, leaves.length, proof, root)).toBe(true)
        const elsewhere = other % leaves.length
        const sameLeaf = Buffer.from(leaves[elsewhere] ?? []).equals(leaf)
        if (!sameLeaf) expect(verifyInclusion(leaf, elsewhere, leaves.length, proof, root)).toBe(false)
        expect(verifyInclusion(Buffer.concat([leaf, Buffer.of(1)]), index, leaves.length, proof, root)).toBe(false)
        expect(verifyInclusion(leaf, index, leaves.length, [...proof, root], root)).toBe(false)
      }),
    )
  })

  it('refuse a leaf that is not there', () => {
    expect(() => proveInclusion(LEAVES, 8)).toThrow(expect.objectContaining({ code: 'audit.no_such_leaf' }))
    expect(verifyInclusion(Buffer.of(), 8, 8, [], merkleRoot(LEAVES))).toBe(false)
  })
})

describe('consistency proofs', () => {
  it('hold between a log and any beginning of it', () => {
    for (let newCount = 1; newCount <= 17; newCount += 1) {
      const leaves = Array.from({ length: newCount }, (_, index) => Buffer.of(index))
      for (let oldCount = 1; oldCount <= newCount; oldCount += 1) {
        const oldRoot = merkleRoot(leaves.slice(0, oldCount))
        const proof = proveConsistency(leaves, oldCount)
        expect(verifyConsistency(oldRoot, oldCount, merkleRoot(leaves), newCount, proof)).toBe(true)
      }
    }
  })

  it('fail when the beginning was changed', () => {
    fc.assert(
      fc.property(leafLists, fc.nat(), fc.nat(), (leaves, oldPick, changedPick) => {
        const oldCount = 1 + (oldPick % leaves.length)
        const changedAt = changedPick % oldCount
        const rewritten = leaves.map((leaf, at) => (at === changedAt ? Buffer.concat([leaf, Buffer.of(7)]) : leaf))
        const oldRoot = merkleRoot(leaves.slice(0, oldCount))
        const proof = proveConsistency(rewritten, oldCount)
        expect(verifyConsistency(oldRoot, oldCount, merkleRoot(rewritten), leaves.length, proof)).toBe(false)
      }),
    )
  })

  it('are refused for a log that would have shrunk', () => {
    expect(verifyConsistency(merkleRoot(LEAVES), 8, merkleRoot(LEAVES.slice(0, 4)), 4, [])).toBe(false)
  })
})
