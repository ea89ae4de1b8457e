import type { Tx } from '../open-store.ts'

/**
 * What the state of each table is called: a hash over its rows in canonical order, without what differs between two
 * equal histories (ids of runs and deliveries, times of processing, random nonces). Equal hashes mean equal states (P1).
 */
export async function hashState(
  tx: Tx,
  report: (done: number, whole: number) => void = () => {},
): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {}
  const tables = Object.entries(CANONICAL)
  for (const [done, [table, query]] of tables.entries()) {
    report(done, tables.length)
    const [row] = await tx.unsafe<{ hash: string }[]>(
      `SELECT encode(sha256(convert_to(coalesce(string_agg(line, E'\\n' ORDER BY line COLLATE "C"), ''), 'UTF8')), 'hex') AS hash
       FROM (SELECT row_to_json(canonical)::text AS line FROM (${query}) AS canonical) AS lines`,
    )
    hashes[table] = row?.hash ?? ''
  }
  return hashes
}

/** Fixed queries without parameters: one a table. */
const CANONICAL: Readonly<Record<string, string>> = {
  raw_records: `SELECT source, dense_rank() OVER (PARTITION BY source ORDER BY delivery_id) AS delivery, row_no, line,
    outcome, record_id, fingerprint, issues FROM onefold.raw_records JOIN onefold.deliveries USING (delivery_id)`,
  record_versions: 'SELECT * FROM onefold.record_versions',
  event_ids: 'SELECT * FROM onefold.event_ids',
  records: `SELECT record_id, source, kind, fingerprint, versions, updated_at, stream, resolution, deleted FROM onefold.records`,
  events: 'SELECT * FROM onefold.events',
  ordered_lines: 'SELECT * FROM onefold.ordered_lines',
  unstitched: 'SELECT actor_id, min(since) AS since FROM onefold.unstitched GROUP BY actor_id',
  due_ranges: 'SELECT * FROM onefold.due_ranges',
  histories: `SELECT actor_id, at, campaigns, categories, scroll_depths, ARRAY(
    SELECT concat_ws(': ', kind, name) FROM unnest(words) WITH ORDINALITY AS told (word_id, place)
    JOIN onefold.event_words USING (word_id) ORDER BY place) AS words FROM onefold.histories`,
  quarantine: 'SELECT source, row_no, fingerprint, state, issues FROM onefold.quarantine',
  quality_results: `SELECT source, code, field, severity, sum(checked) AS checked, sum(failed) AS failed
    FROM onefold.quality_results GROUP BY 1, 2, 3, 4`,
  identifiers: 'SELECT * FROM onefold.identifiers',
  blocked_identifiers: 'SELECT hash, kind, reason, lifted_at IS NOT NULL AS lifted FROM onefold.blocked_identifiers',
  blocking_keys: 'SELECT * FROM onefold.blocking_keys',
  judgements: `SELECT record_a, record_b, verdict, because, identifier_kind, weight_bits, levels, model_version,
    in_group FROM onefold.judgements`,
  decisions: `SELECT record_a, record_b, verdict, decided_by, taken_up_at IS NOT NULL AS taken_up,
    row_number() OVER (PARTITION BY record_a, record_b ORDER BY decision_no) AS number FROM onefold.decisions`,
  protections: 'SELECT record_id, protected_by FROM onefold.protections',
  reviews: 'SELECT record_a, record_b, reason, weight_bits FROM onefold.reviews',
  profiles: 'SELECT profile_id, pseudonym, revision, stale, dissolved_at IS NULL AS lives FROM onefold.profiles',
  profile_members: 'SELECT * FROM onefold.profile_members',
  merges: 'SELECT kind, from_profile, to_profile FROM onefold.merges',
  redirects: 'SELECT from_profile, to_profile, until IS NULL AS open FROM onefold.redirects',
  profile_revisions: 'SELECT profile_id, revision, generalized, fingerprint FROM onefold.profile_revisions',
  sessions: 'SELECT * FROM onefold.sessions',
  features: 'SELECT * FROM onefold.features',
  feature_due: 'SELECT * FROM onefold.feature_due',
  scorings: 'SELECT as_of, method, cut_points, scored FROM onefold.scorings',
  fits: 'SELECT kind, as_of, settings, people, sample, fitted FROM onefold.fits',
  score_history: `SELECT profile_id, valid_from, valid_to IS NULL AS open, r, f, m, rfm_score, p_alive, expected_purchases,
    lifetime_value, composite_index FROM onefold.score_history`,
  segment_memberships: `SELECT profile_id, segment_id, version, reason, valid_from, valid_to IS NULL AS open
    FROM onefold.segment_memberships`,
  outbox: 'SELECT kind, subject, payload FROM onefold.outbox',
  unified_profiles: 'SELECT * FROM onefold_out.unified_profiles',
  published_memberships:
    'SELECT profile_id, segment_id, version, reason, valid_from FROM onefold_out.segment_memberships',
  published_segments: 'SELECT segment_id, version, members FROM onefold_out.segments',
  profile_redirects: 'SELECT from_profile_id, to_profile_id FROM onefold_out.profile_redirects',
}
