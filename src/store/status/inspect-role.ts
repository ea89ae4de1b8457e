import type { Tx } from '../open-store.ts'

/** Whether the role that work is done as is there, and whether the connected one may take it on. */
export async function inspectRole(tx: Tx, role: string): Promise<'usable' | 'missing' | 'not_granted'> {
  const [row] = await tx<{ there: boolean; usable: boolean }[]>`
    SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = ${role}) AS there,
           EXISTS (SELECT FROM pg_roles WHERE rolname = ${role} AND pg_has_role(oid, 'MEMBER')) AS usable`
  if (row?.there !== true) return 'missing'
  return row.usable ? 'usable' : 'not_granted'
}
