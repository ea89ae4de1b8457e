import { expect } from 'vitest'
import { decidePair } from '../../src/pipeline/review/decide-pair.ts'
import { verify } from '../../src/pipeline/verify/verify.ts'
import { verifyRebuild } from '../../src/pipeline/verify/verify-rebuild.ts'
import type { Bench } from './people-fixture.ts'

const HEAD = 'key,first,last,born,mail,tel,street,zip,changed'
export const MIRA = '1,Mira,Ostrander,1984-03-07,mira.ostrander@mailhaven.net,,12 Bramble Close,KB13 9TB,2026-01-01'
export const MIRAH = '2,Mirah,Ostrander,1984-03-07,,+441514960182,12 Bramble Close,KB13 9TB,2026-01-02'
export const MIRA_BY_PHONE = '3,Mira,Ostrander,,,+441514960182,,,2026-01-03'
export const OLEG = '4,Oleg,Tamsin,1971-11-30,oleg.tamsin@postkahn.net,,4 Harbour Row,AX4 2DQ,2026-01-03'
/** Might be Mira's: neither far enough from a match nor near enough. */
export const DOUBTFUL = '5,Mira,Ostrander,,,,,KB13 9TB,2026-01-04'

/** Who decides. */
export const BY = { by: 'ada' }

/** Takes lines in as the CRM's. */
export async function ingestLines(bench: Bench, lines: readonly string[]): Promise<void> {
  await bench.ingest('crm', `${HEAD}\n${lines.join('\n')}\n`)
}

/** Decides on two records as `BY` and gives the act's id. */
export async function decideOn(bench: Bench, decision: Omit<Parameters<typeof decidePair>[1], 'by'>): Promise<string> {
  const { actId } = await decidePair(bench.context, { ...BY, ...decision })
  return actId ?? 'nothing'
}

/** Holds every promise against what is stored, and against deriving it anew. */
export async function expectPromisesHeld(bench: Bench): Promise<void> {
  const checks = [...(await verify(bench.context)).checks, ...(await verifyRebuild(bench.context))]
  expect(checks.filter((check) => check.broken > 0)).toEqual([])
}
