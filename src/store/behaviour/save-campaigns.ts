import type { Tx } from '../open-store.ts'
import { spellArray } from '../spell-array.ts'

/** A campaign by its name, and the keyed hash that events have of it, as a UUID. */
export interface NamedCampaign {
  readonly campaign: string
  readonly name: string
}

/** These campaigns, each of them once, and no others are called by their names from now on. */
export async function saveCampaigns(tx: Tx, named: readonly NamedCampaign[]): Promise<void> {
  await tx`
    MERGE INTO onefold.campaigns AS former USING unnest(
      ${spellArray(named.map(({ campaign }) => campaign))}::uuid[], ${spellArray(named.map(({ name }) => name))}::text[]
    ) AS given (campaign, name) ON former.campaign = given.campaign
    WHEN MATCHED AND former.name <> given.name THEN UPDATE SET name = given.name
    WHEN NOT MATCHED THEN INSERT VALUES (given.campaign, given.name)`
  await tx`DELETE FROM onefold.campaigns WHERE campaign <> ALL(${spellArray(named.map(({ campaign }) => campaign))}::uuid[])`
}
