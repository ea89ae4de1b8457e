import { appendFile, mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { AuditRoot } from '../audit/audit-entry.ts'

const FILE = 'audit-roots.jsonl'

/** Keeps a root of the audit log outside the database, where a change of the log cannot reach it (P18). */
export async function appendAnchor(home: string, root: AuditRoot): Promise<void> {
  const file = join(home, FILE)
  const line = `${JSON.stringify({ count: root.count, root: Buffer.from(root.root).toString('hex') })}\n`
  const append = (): Promise<void> => appendFile(file, line, { mode: 0o600 })
  await append().catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    await append()
  })
}

/** The roots kept in the home, oldest first; none before the first run. A line cut off by a crash is left out. */
export async function readAnchors(home: string): Promise<AuditRoot[]> {
  const text = await readFile(join(home, FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text.split('\n').flatMap((line) => {
    if (!line.endsWith('}')) return []
    const { count, root } = JSON.parse(line) as { count: number; root: string }
    return [{ uptoSeq: count, count, root: Buffer.from(root, 'hex') }]
  })
}
