import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nameDecidablePair } from '../../src/pipeline/review/name-decidable.ts'
import { planDecisions } from '../../src/pipeline/review/plan-decisions.ts'
import { saveDecisions } from '../../src/pipeline/review/save-decisions.ts'
import { verify } from '../../src/pipeline/verify/verify.ts'
import { verifyRebuild } from '../../src/pipeline/verify/verify-rebuild.ts'
import { inTransaction } from '../../src/store/in-transaction.ts'
import { type Bench, openBench } from './people-fixture.ts'

const HEAD = 'key,first,last,born,mail,tel,street,zip,changed'
/** A household, its misspellings, what fits two of them, and strangers: matches, doubts, bridges and contradictions. */
const PEOPLE: Readonly<Record<string, string>> = {
  mira: 'Mira,Ostrander,1984-03-07,mira.ostrander@mailhaven.net,,12 Bramble Close,KB13 9TB,',
  mirah: 'Mirah,Ostrander,1984-03-07,,+441514960182,12 Bramble Close,KB13 9TB,',
  phone: 'Mira,Ostrander,,,+441514960182,,,',
  doubtful: 'Mira,Ostrander,,,,,KB13 9TB,',
  bertram: 'Bertram,Ostrander,1982-11-02,family@mailhaven.net,,12 Bramble Close,KB13 9TB,',
  family: ',Ostrander,,family@mailhaven.net,+441514960182,,,',
  oleg: 'Oleg,Tamsin,1971-11-30,oleg.tamsin@postkahn.net,,4 Harbour Row,AX4 2DQ,',
  olegs: 'Oleg,Tamsin,1971-11-30,,,4 Harbour Row,AX4 2DQ,',
}
const KEYS = Object.keys(PEOPLE)

type Verdict = 'same' | 'different' | 'withdrawn'
interface Step {
  /** Records delivered together, then a run. */
  readonly deliver: readonly string[]
  /** Said after it, of records that are there. */
  readonly say: readonly { readonly pair: readonly [string, string]; readonly verdict: Verdict }[]
}

const worlds: fc.Arbitrary<readonly Step[]> = fc
  .record({
    order: fc.shuffledSubarray(KEYS, { minLength: KEYS.length }),
    cuts: fc.array(fc.integer({ min: 1, max: KEYS.length - 1 }), { minLength: 1, maxLength: 2 }),
    say: fc.array(
      fc.record({
        pair: fc.shuffledSubarray(KEYS, { minLength: 2, maxLength: 2 }).map(([a, b]): [string, string] => [a!, b!]),
        verdict: fc.constantFrom<Verdict>('same', 'different', 'same', 'different', 'withdrawn'),
        step: fc.nat({ max: 2 }),
      }),
      { maxLength: 5 },
    ),
  })
  .map(({ order, cuts, say }) => {
    const bounds = [0, ...new Set(cuts.toSorted((x, y) => x - y)), order.length]
    return bounds.slice(1).map((end, step) => ({
      deliver: order.slice(bounds[step], end),
      say: say
        .filter((said) => Math.min(said.step, bounds.length - 2) === step)
        .filter(({ pair }) => pair.every((key) => order.indexOf(key) < end)),
    }))
  })

async function keep(bench: Bench, { pair, verdict }: Step['say'][number]): Promise<void> {
  await inTransaction(bench.context.store.sql, async (tx) => {
    const named = await nameDecidablePair(bench.context, tx, `crm:${pair[0]}`, `crm:${pair[1]}`)
    await saveDecisions(bench.context, tx, { by: 'ada' }, await planDecisions(tx, [named], verdict, true))
  })
}

async function deliver(bench: Bench, keys: readonly string[]): Promise<void> {
  await bench.ingest('crm', `${HEAD}\n${keys.map((key) => `${key},${PEOPLE[key]}`).join('\n')}\n`)
  await bench.run()
}

/** Who is who, what was judged and what waits for a person: all of it by record, so that no order shows. */
async function observe(bench: Bench): Promise<unknown> {
  const { sql } = bench.context.store
  return {
    people: await sql`
      SELECT array_agg(record_id ORDER BY record_id) AS records FROM onefold.profile_members
      GROUP BY profile_id ORDER BY 1`,
    judged: await sql`SELECT record_a, record_b, verdict, weight_bits, in_group FROM onefold.judgements ORDER BY 1, 2`,
    reviews: await sql`SELECT record_a, record_b, reason, weight_bits FROM onefold.reviews ORDER BY 1, 2`,
  }
}

test('whatever comes in whatever order: decisions hold, and the end is as if all had come at once (P4 P14)', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async (steps) => {
      const [bench, atOnce] = [await openBench('worlds'), await openBench('worlds')]
      try {
        for (const step of steps) {
          await deliver(bench, step.deliver)
          for (const said of step.say) await keep(bench, said)
        }
        await bench.run()
        const checks = [...(await verify(bench.context)).checks, ...(await verifyRebuild(bench.context))]
        expect(checks.filter(({ broken }) => broken > 0)).toEqual([])
        await deliver(atOnce, KEYS)
        for (const said of steps.flatMap((step) => step.say)) await keep(atOnce, said)
        await atOnce.run()
        expect(await observe(bench)).toEqual(await observe(atOnce))
      } finally {
        await bench.close()
        await atOnce.close()
      }
    }),
    { numRuns: 6 },
  )
}, 180_000)
