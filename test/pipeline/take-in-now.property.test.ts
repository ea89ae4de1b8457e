import fc from 'fast-check'
import { expect, test } from 'vitest'
import { verify } from '../../src/pipeline/verify/verify.ts'
import { verifyAudit } from '../../src/pipeline/verify/verify-audit.ts'
import { verifyRebuild } from '../../src/pipeline/verify/verify-rebuild.ts'
import { type Bench, openBench } from './people-fixture.ts'

const HEAD = 'key,first,last,born,mail,tel,street,zip,changed,gone'
/** All that a deletion says. */
const DELETED = ',,,,,,'
/**
 * Each with its versions, oldest first: two of one person, a household, who joins and parts by a correction, strangers;
 * who goes for good, alone or from among others, the earliest or the bridge, and who comes back.
 */
const PEOPLE: Readonly<Record<string, readonly string[]>> = {
  mira: ['Mira,Ostrander,1984-03-07,mira.ostrander@mailhaven.net,,12 Bramble Close,KB13 9TB'],
  mirah: [
    'Mirah,Ostrander,1984-03-07,,+441514960182,12 Bramble Close,KB13 9TB',
    'Mirah,Castellan,1990-01-30,mirah.castellan@postkahn.net,,7 Mill Lane,AX4 1AA',
  ],
  walter: [
    'Walter,Beringer,1950-09-12,other@postkahn.net,,,',
    'Mira,Ostrander,1984-03-07,other@postkahn.net,,12 Bramble Close,KB13 9TB',
    'Walter,Beringer,1950-09-12,other@postkahn.net,+441514960177,,',
  ],
  bertram: [
    'Bertram,Ostrander,1982-11-02,family@mailhaven.net,,12 Bramble Close,KB13 9TB',
    DELETED,
    'Bertram,Ostrander,1982-11-02,family@mailhaven.net,,12 Bramble Close,KB13 9TB',
  ],
  family: [',Ostrander,,family@mailhaven.net,+441514960182,,'],
  nadia: ['Nadia,Quillfeather,1966-06-21,nadia.q@mailhaven.net,,8 Orchard Way,TR2 7PL', DELETED],
  nadias: ['Nadia,Quillfeather,1966-06-21,nadia.q@mailhaven.net,+441514960199,,', DELETED],
  nadja: ['Nadja,Quillfeather,1966-06-21,,+441514960199,8 Orchard Way,TR2 7PL'],
  ingram: ['Ingram,Vashti,1959-08-14,ingram.vashti@postkahn.net,,,', DELETED],
  oleg: ['Oleg,Tamsin,1971-11-30,oleg.tamsin@postkahn.net,,4 Harbour Row,AX4 2DQ'],
  olegs: [
    'Oleg,Tamsin,1971-11-30,,,4 Harbour Row,AX4 2DQ',
    'Oleg,Tamsyn,1971-11-30,oleg.tamsin@postkahn.net,,,AX4 2DQ',
  ],
}
/** Each said at another time: of two that are equally new the first to arrive is believed. */
const LINES = Object.entries(PEOPLE).flatMap(([key, versions], person) =>
  versions.map(
    (said, version) => `${key},${said},2026-02-0${version + 1}T${10 + person}:00:00Z,${said === DELETED ? 'true' : ''}`,
  ),
)
const CSV = (lines: readonly string[]): string => `${HEAD}\n${lines.join('\n')}\n`

/** Lines in any order, some of them twice, cut into deliveries; how each delivery comes. */
const arrivals = fc
  .record({
    order: fc.shuffledSubarray(LINES, { minLength: LINES.length }),
    repeats: fc.subarray(LINES, { maxLength: 3 }),
    cuts: fc.array(fc.nat({ max: LINES.length }), { maxLength: 12 }),
    walks: fc.array(fc.boolean(), { minLength: 14, maxLength: 14 }),
  })
  .map(({ order, repeats, cuts, walks }) => {
    const all = [...order, ...repeats]
    const bounds = [...new Set([0, ...cuts, all.length])].toSorted((a, b) => a - b)
    return bounds.slice(1).map((end, step) => ({ lines: all.slice(bounds[step], end), byWalk: walks[step] === true }))
  })

/** Who is who, what was judged, what waits for a person, and what consumers read: all by record, so that no order shows. */
async function observe({ context: { store } }: Bench): Promise<unknown> {
  const { sql } = store
  return {
    records: await sql`SELECT record_id, fingerprint, versions, resolution, deleted FROM onefold.records ORDER BY 1`,
    people: await sql`
      SELECT array_agg(record_id ORDER BY record_id) AS records FROM onefold.profile_members
      GROUP BY profile_id ORDER BY 1`,
    judged: await sql`SELECT record_a, record_b, verdict, weight_bits, in_group FROM onefold.judgements ORDER BY 1, 2`,
    reviews: await sql`SELECT record_a, record_b, reason, weight_bits FROM onefold.reviews ORDER BY 1, 2`,
    published: await sql`
      SELECT (SELECT array_agg(record_id ORDER BY record_id) FROM onefold.profile_members AS member
              WHERE member.profile_id = profile.profile_id) AS members, revision.fingerprint, published.segments,
        published.records, published.postcode_prefix, published.as_of, published.revision = profile.revision AS newest
      FROM onefold_out.unified_profiles AS published JOIN onefold.profiles AS profile ON pseudonym = published.profile_id
      JOIN onefold.profile_revisions AS revision ON revision.profile_id = profile.profile_id
        AND revision.revision = published.revision ORDER BY 1`,
    segments: await sql`SELECT segment_id, version, members FROM onefold_out.segments ORDER BY 1, 2`,
    open: await sql`
      SELECT segment_id, count(*) AS open FROM onefold_out.segment_memberships WHERE valid_to IS NULL
      GROUP BY segment_id ORDER BY 1`,
    redirects: await sql`
      SELECT count(*) FILTER (WHERE living.profile_id IS NULL) AS "lead nowhere",
        count(*) FILTER (WHERE live.profile_id IS NOT NULL) AS "of living"
      FROM onefold_out.profile_redirects AS redirect
      LEFT JOIN onefold_out.unified_profiles AS living ON living.profile_id = to_profile_id
      LEFT JOIN onefold_out.unified_profiles AS live ON live.profile_id = from_profile_id`,
  }
}

async function expectVerified(bench: Bench): Promise<void> {
  const checks = [...(await verify(bench.context)).checks, ...(await verifyRebuild(bench.context))]
  expect(checks.filter(({ broken }) => broken > 0)).toEqual([])
  expect((await verifyAudit(bench.context, [])).findings).toEqual([])
}

test('records, corrections, deletions and repeats that arrive one by one, in any order and among walks, end as if all had come at once (P2 P3 P4 P6) [C6]', async () => {
  const atOnce = await openBench('at_once')
  try {
    await atOnce.ingest('crm', CSV(LINES))
    await atOnce.run()
    const expected = await observe(atOnce)
    await fc.assert(
      fc.asyncProperty(arrivals, async (steps) => {
        const bench = await openBench('arrivals')
        try {
          for (const { lines, byWalk } of steps) {
            if (!byWalk) expect(await bench.arrive('crm', CSV(lines))).toMatchObject({ isResolved: true })
            else {
              await bench.ingest('crm', CSV(lines))
              await bench.run()
            }
          }
          expect(await observe(bench)).toEqual(expected)
          await expectVerified(bench)
        } finally {
          await bench.close()
        }
      }),
      { numRuns: 8 },
    )
  } finally {
    await atOnce.close()
  }
}, 240_000)
