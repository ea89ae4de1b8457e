import type { AttributeName } from '../../feature/model-input.ts'
import { isSelected, type ProfileSelection } from '../identity/select-profiles.ts'
import type { Tx } from '../open-store.ts'

/** As the generalized profile has them; who has no e-mail address is of the class `none`. */
const MEMBERS: Readonly<Record<AttributeName, string>> = {
  age_band: 'ageBand',
  sex: 'sex',
  country: 'country',
  language: 'language',
  email_class: 'emailClass',
}

/** Which of some attributes are known of the living among some profiles; no statement without attributes. */
export async function loadKnownAttributes(
  tx: Tx,
  selection: ProfileSelection,
  names: readonly AttributeName[],
): Promise<ReadonlyMap<string, ReadonlySet<AttributeName>>> {
  if (names.length === 0) return new Map()
  const rows = await tx<{ profileId: string; known: AttributeName[] }[]>`
    SELECT profile_id AS "profileId", ARRAY(
      SELECT name FROM unnest(${[...names]}::text[], ${names.map((name) => MEMBERS[name])}::text[]) AS asked (name, member)
      WHERE revision.generalized ->> member <> 'none') AS known
    FROM onefold.profiles AS profile JOIN onefold.profile_revisions AS revision USING (profile_id, revision)
    WHERE profile.dissolved_at IS NULL AND ${isSelected(tx, tx`profile_id`, selection)}`
  return new Map(rows.map(({ profileId, known }) => [profileId, new Set(known)]))
}
