import type { SegmentDefinition } from '../../segment/segment-definition.ts'
import { OnefoldError } from '../../errors.ts'
import type { Tx } from '../open-store.ts'

/**
 * Keeps the definitions that memberships refer to; those of earlier versions stay. Throws `segment.rule_changed`
 * (settings): who is in a version is explained by one rule, for ever.
 */
export async function saveDefinitions(tx: Tx, definitions: readonly SegmentDefinition[]): Promise<void> {
  const given = tx`unnest(
    ${definitions.map((row) => row.id)}::text[], ${definitions.map((row) => row.version)}::int[],
    ${definitions.map((row) => row.name)}::text[], ${definitions.map((row) => row.description)}::text[],
    ${definitions.map((row) => row.owner)}::text[], ${definitions.map((row) => row.reviewDate)}::text[],
    ${definitions.map((row) => row.parent ?? null)}::text[],
    ${definitions.map((row) => JSON.stringify(row.rule))}::text[]::jsonb[]
  ) AS given (segment_id, version, name, description, owner, review_date, parent, rule)`
  const [[changed]] = await Promise.all([
    tx<{ segment_id: string; version: number }[]>`
      SELECT segment_id, version FROM ${given} JOIN onefold.segments AS kept USING (segment_id, version)
      WHERE kept.rule <> given.rule LIMIT 1`,
    tx`
      INSERT INTO onefold.segments AS kept (segment_id, version, name, description, owner, review_date, parent, rule)
      SELECT * FROM (
        SELECT * FROM ${given}
        EXCEPT SELECT segment_id, version, name, description, owner, review_date, parent, rule FROM onefold.segments
      ) AS fresh
      ON CONFLICT (segment_id, version) DO UPDATE SET name = excluded.name, description = excluded.description,
        owner = excluded.owner, review_date = excluded.review_date, parent = excluded.parent,
        rule = coalesce(kept.rule, excluded.rule)`,
  ])
  if (changed !== undefined) {
    const { segment_id: segment, version } = changed
    throw new OnefoldError(
      'settings',
      'segment.rule_changed',
      `The rule of segment ${segment} is another than that of its version ${version}.`,
      { details: { segment, version }, hint: `Write \`version: ${version + 1}\` beside the new rule.` },
    )
  }
}
