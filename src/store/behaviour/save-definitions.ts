import type { SegmentDefinition } from '../../segment/segment-definition.ts'
import type { SqlFragment, Tx } from '../open-store.ts'

/** Keeps the definitions that memberships refer to; those of earlier versions stay. The rule that a version was kept with stays its rule. */
export async function saveDefinitions(tx: Tx, definitions: readonly SegmentDefinition[]): Promise<void> {
  await tx`
    INSERT INTO onefold.segments AS kept (segment_id, version, name, description, owner, review_date, parent, rule)
    SELECT * FROM (
      SELECT * FROM ${spellDefinitions(tx, definitions)}
      EXCEPT SELECT segment_id, version, name, description, owner, review_date, parent, rule FROM onefold.segments
    ) AS fresh
    ON CONFLICT (segment_id, version) DO UPDATE SET name = excluded.name, description = excluded.description,
      owner = excluded.owner, review_date = excluded.review_date, parent = excluded.parent,
      rule = coalesce(kept.rule, excluded.rule)`
}

/**
 * How definitions stand to those that are kept: the first whose rule is another than the one its version was kept with, if
 * there is one, and whether all are kept as they are.
 */
export async function compareDefinitions(
  tx: Tx,
  definitions: readonly SegmentDefinition[],
): Promise<{
  readonly changedRule: { readonly segmentId: string; readonly version: number } | undefined
  readonly areKept: boolean
}> {
  const others = await tx<{ segmentId: string; version: number; isChanged: boolean }[]>`
    SELECT segment_id AS "segmentId", version, coalesce(kept.rule <> given.rule, false) AS "isChanged"
    FROM ${spellDefinitions(tx, definitions)} LEFT JOIN onefold.segments AS kept USING (segment_id, version)
    WHERE (kept.name, kept.description, kept.owner, kept.review_date, kept.parent, kept.rule) IS DISTINCT FROM
      (given.name, given.description, given.owner, given.review_date, given.parent, given.rule)
    ORDER BY segment_id`
  const changed = others.find(({ isChanged }) => isChanged)
  return {
    changedRule: changed === undefined ? undefined : { segmentId: changed.segmentId, version: changed.version },
    areKept: others.length === 0,
  }
}

function spellDefinitions(tx: Tx, definitions: readonly SegmentDefinition[]): SqlFragment {
  return tx`unnest(
    ${definitions.map((row) => row.id)}::text[], ${definitions.map((row) => row.version)}::int[],
    ${definitions.map((row) => row.name)}::text[], ${definitions.map((row) => row.description)}::text[],
    ${definitions.map((row) => row.owner)}::text[], ${definitions.map((row) => row.reviewDate)}::text[],
    ${definitions.map((row) => row.parent ?? null)}::text[],
    ${definitions.map((row) => JSON.stringify(row.rule))}::text[]::jsonb[]
  ) AS given (segment_id, version, name, description, owner, review_date, parent, rule)`
}
