DROP TABLE "onefold"."raw_records" CASCADE;
--> statement-breakpoint
CREATE VIEW onefold.raw_records AS
SELECT page.delivery_id, page.first_row + given.position::int - 1 AS row_no, given.line,
  CASE given.outcome WHEN 'a' THEN 'accepted' WHEN 'd' THEN 'duplicate' WHEN 'r' THEN 'rejected' WHEN 'e' THEN 'erased'
    ELSE coalesce(held.outcome, 'quarantined') END AS outcome,
  coalesce(held.record_id, nullif(given.record_id, '00000000-0000-0000-0000-000000000000')) AS record_id,
  given.fingerprint,
  CASE WHEN held.issues IS NULL THEN string_to_array(nullif(given.issues, ''), ' ')
    ELSE nullif(ARRAY(SELECT issue ->> 'code' FROM jsonb_array_elements(held.issues) AS issue), '{}') END AS issues
FROM onefold.ledger_pages AS page
CROSS JOIN LATERAL unnest(string_to_array(page.outcomes, NULL), page.lines, page.record_ids, page.fingerprints, page.issues)
  WITH ORDINALITY AS given (outcome, line, record_id, fingerprint, issues, position)
LEFT JOIN onefold.quarantine AS held ON given.outcome = 'q'
  AND held.delivery_id = page.delivery_id AND held.row_no = page.first_row + given.position::int - 1;
--> statement-breakpoint
COMMENT ON VIEW onefold.raw_records IS 'The ledger row by row: where each received row ended, and the record or event actor it belongs to.';
