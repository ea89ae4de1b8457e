import type { Tx } from '../open-store.ts'

/** Which of these files were handed in before as they are now. */
export async function findMarks(tx: Tx, marks: readonly string[]): Promise<Set<string>> {
  const rows = await tx<{ mark: string }[]>`SELECT mark FROM onefold.deliveries WHERE mark = ANY(${[...marks]}::uuid[])`
  return new Set(rows.map((row) => row.mark))
}
