import type { IdentifierSettings } from '../../matching/identifier-policy.ts'
import type { Tx } from '../open-store.ts'
import type { ModelChoice } from './find-applied-model.ts'

/** What judges. */
export interface Application {
  readonly model: ModelChoice
  /** As the configuration says them: where policies differ from the shipped ones. */
  readonly identifiers: IdentifierSettings
}

/** What was applied last; what Onefold ships until anything was. */
export async function findApplication(tx: Tx): Promise<Application> {
  const [row] = await tx<{ version: number | null; identifiers: IdentifierSettings }[]>`
    SELECT version, identifiers FROM onefold.model_applications ORDER BY application_no DESC LIMIT 1`
  return { model: row?.version ?? 'shipped', identifiers: row?.identifiers ?? {} }
}

/** Whether these policies judge, with whatever model. */
export async function isConfiguredInForce(tx: Tx, identifiers: IdentifierSettings): Promise<boolean> {
  return isInForce(tx, { ...(await findApplication(tx)), identifiers })
}

/** Whether this is what judges already, in whatever order the settings are written. */
export async function isInForce(tx: Tx, { model, identifiers }: Application): Promise<boolean> {
  const applied = await findApplication(tx)
  if (applied.model !== model) return false
  const [row] = await tx<{ same: boolean }[]>`
    SELECT ${JSON.stringify(identifiers)}::text::jsonb = ${JSON.stringify(applied.identifiers)}::text::jsonb AS same`
  return row?.same === true
}
