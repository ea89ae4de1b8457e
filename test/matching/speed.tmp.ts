import { DEFAULT_MODEL } from '../../src/matching/default-model.ts'
import { DEFAULT_IDENTIFIER_POLICIES } from '../../src/matching/identifier-policy.ts'
import { judgePair } from '../../src/matching/judge-pair.ts'
import { compareRecords } from '../../src/matching/compare-records.ts'
import { scorePair } from '../../src/matching/score-pair.ts'
import { cluster } from '../../src/identity/cluster.ts'
import { DEFAULT_COHESION } from '../../src/identity/index-graph.ts'
let s = 1
const rnd = (n: number) => { s = Math.imul(s ^ (s >>> 15), 0x2c1b3c6d); s = Math.imul(s ^ (s >>> 12), 0x297a2d39) + 7 | 0; return (s >>> 8) % n }
const word = () => Array.from({ length: 4 + rnd(6) }, () => 'abcdeghilmnorstu'[rnd(16)]).join('')
const records = Array.from({ length: 2000 }, () => ({ given: [word()], family: [word()], birthDate: { year: 1950 + rnd(50), month: 1 + rnd(12), day: 1 + rnd(28) }, sex: 'f' as const,
  emails: [`${word()}@${word()}.com`], phones: [`+49${1000000000 + rnd(99999999)}`], address: { street: word() + ' street', houseNumber: String(rnd(99)), city: word(), postcode: String(10000 + rnd(9999)) }, identifiers: [], display: {} }))
const rules = { model: DEFAULT_MODEL, policies: DEFAULT_IDENTIFIER_POLICIES, blocked: new Set<string>() }
for (let round = 0; round < 3; round++) {
  let t = performance.now(), sum = 0
  for (let i = 0; i < 300000; i++) sum += judgePair(records[i % 2000]!, records[(i * 7 + 1) % 2000]!, rules).strengthBits
  console.log('judge', Math.round(300000 / (performance.now() - t) * 1000), '/s', sum > 1)
  t = performance.now()
  for (let i = 0; i < 300000; i++) sum += scorePair(compareRecords(records[i % 2000]!, records[(i * 7 + 1) % 2000]!, DEFAULT_MODEL), DEFAULT_MODEL).weightBits
  console.log('compare+score', Math.round(300000 / (performance.now() - t) * 1000), '/s')
}
const n = 1_000_000
const nodes = Array.from({ length: n }, (_, i) => ({ id: `rec_${String(i).padStart(8, '0')}`, identifiers: i % 3 ? [] : [{ kind: 'user_id', value: String(i >> 3) }] }))
const edges: any[] = []
for (let i = 0; i < n - 4; i++) for (const d of [1, 2]) if ((i >> 2) === ((i + d) >> 2) || rnd(3) === 0) { const match = rnd(8) > 0; edges.push({ a: nodes[i]!.id, b: nodes[i + d]!.id, strength: match ? rnd(2000) / 100 : -rnd(2000) / 100, verdict: match ? 'match' : 'distinct' }) }
let t = performance.now()
const r = cluster(nodes, edges, { neverLink: [[nodes[1]!.id, nodes[2]!.id]], alwaysLink: [], maxPerProfile: { user_id: 1 }, cohesion: DEFAULT_COHESION })
console.log(edges.length, 'edges', r.clusters.length, 'clusters', r.refused.length, 'refused', Math.round(performance.now() - t), 'ms', Math.round(process.memoryUsage().rss / 1e6), 'MB')
