import type { Tx } from '../open-store.ts'

interface Decided {
  /** Those of the identifiers that could be decided about. */
  readonly known: readonly { readonly hash: string; readonly kind: string }[]
  /** Those of them that are otherwise than before. */
  readonly changed: readonly { readonly hash: string; readonly kind: string }[]
}

type Row = { hash: string; kind: string; changed: boolean }

/** Blocks those of the identifiers that records carry, by a person's word. */
export async function blockIdentifiers(tx: Tx, hashes: readonly string[], by: string): Promise<Decided> {
  const rows = await tx<Row[]>`
    WITH carried AS (SELECT DISTINCT hash, kind FROM onefold.identifiers WHERE hash = ANY(${[...hashes]}::uuid[])),
    blocked AS (
      INSERT INTO onefold.blocked_identifiers AS known (hash, kind, reason, blocked_at, decided_by)
      SELECT hash, kind, 'person', now(), ${by} FROM carried
      ON CONFLICT (hash) DO UPDATE
        SET reason = 'person', blocked_at = excluded.blocked_at, decided_by = excluded.decided_by, lifted_at = NULL
        WHERE known.lifted_at IS NOT NULL RETURNING known.hash)
    SELECT hash, kind, EXISTS (SELECT FROM blocked WHERE blocked.hash = carried.hash) AS changed
    FROM carried ORDER BY hash`
  return split(rows)
}

/** Lets those of the identifiers that are blocked link again; no count blocks them any more. */
export async function liftIdentifiers(tx: Tx, hashes: readonly string[], by: string): Promise<Decided> {
  const rows = await tx<Row[]>`
    WITH known AS (SELECT hash, kind FROM onefold.blocked_identifiers WHERE hash = ANY(${[...hashes]}::uuid[])),
    lifted AS (
      UPDATE onefold.blocked_identifiers SET lifted_at = now(), decided_by = ${by}
      WHERE hash IN (SELECT hash FROM known) AND lifted_at IS NULL RETURNING hash)
    SELECT hash, kind, EXISTS (SELECT FROM lifted WHERE lifted.hash = known.hash) AS changed
    FROM known ORDER BY hash`
  return split(rows)
}

function split(rows: readonly Row[]): Decided {
  const known = rows.map(({ hash, kind }) => ({ hash, kind }))
  return { known, changed: known.filter((_, at) => rows[at]?.changed === true) }
}
