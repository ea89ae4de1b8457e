import type { JSONValue } from 'postgres'
import type { Fit } from '../../feature/is-fit-due.ts'
import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'
import type { FitKind } from './find-last-fit.ts'

/** Keeps what a run learnt [F6]; what was learnt before stays. Safe twice. */
export async function appendFit(
  tx: Tx,
  { runId, kind, settings }: { readonly runId: string; readonly kind: FitKind; readonly settings: JSONValue },
  { asOf, people, sample, facts, fitted }: Fit<JSONValue>,
): Promise<void> {
  await tx`
    INSERT INTO onefold.fits (kind, run_id, as_of, settings, people, sample, facts, fitted)
    VALUES (${kind}, ${runId}, ${asOf}, ${tx.json(settings)}, ${people}, ${spellArray(sample)}::uuid[], ${facts}, ${tx.json(fitted)})
    ON CONFLICT (kind, run_id) DO NOTHING`
}
