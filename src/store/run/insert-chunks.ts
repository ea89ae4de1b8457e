import type { JSONValue } from 'postgres'
import type { Tx } from '../open-store.ts'

/** Appends a stage's chunks, one a reference, numbered from 0. */
export async function insertChunks(
  tx: Tx,
  runId: string,
  stage: string,
  references: readonly Readonly<Record<string, JSONValue>>[],
): Promise<void> {
  await tx`
    INSERT INTO onefold.chunks (run_id, stage, chunk_no, reference)
    SELECT ${runId}, ${stage}, position - 1, reference
    FROM jsonb_array_elements(${tx.json([...references])}) WITH ORDINALITY AS given (reference, position)`
}
