import type { JSONValue } from 'postgres'
import type { Fit } from '../../feature/is-fit-due.ts'
import type { Tx } from '../open-store.ts'

/** What is learnt of people and kept for a while, with what it is learnt to be. */
export type FitKind = 'lifetime' | 'composite_index' | 'thresholds'

/** What was learnt last of a kind, if it was by these settings; ids of runs sort by time. */
export async function findLastFit<Fitted>(
  tx: Tx,
  kind: FitKind,
  settings: JSONValue,
): Promise<Fit<Fitted> | undefined> {
  const [fit] = await tx<(Fit<Fitted> & { isBySame: boolean })[]>`
    SELECT as_of AS "asOf", people, sample, facts, fitted, settings = ${tx.json(settings)} AS "isBySame"
    FROM onefold.fits WHERE kind = ${kind} ORDER BY run_id DESC LIMIT 1`
  return fit?.isBySame === true ? fit : undefined
}
