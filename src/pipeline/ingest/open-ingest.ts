import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { sealEnvelope } from '../../privacy/seal-envelope.ts'
import { findMarks } from '../../store/ingest/find-marks.ts'
import { insertDelivery } from '../../store/ingest/insert-delivery.ts'
import { deriveNaming } from './derive-naming.ts'
import type { Reading } from './reading.ts'
import type { Context } from '../context.ts'
import { hashToUuid } from '../hash-to-uuid.ts'
import { type OpenedRun, openRun } from '../open-run.ts'

/** A file as it is now. */
export interface MarkedFile {
  readonly path: string
  /** Names path, size and time of change. */
  readonly mark: string
  readonly bytes: number
}

/**
 * Hands files of one source in: one delivery each, all in one run. With `onlyChanged` a file that was handed in
 * before and has the same path, size and time of change is left out; undefined when that leaves none.
 */
export async function openIngest(
  context: Context,
  source: string,
  reading: Reading,
  files: readonly string[],
  options: { readonly onlyChanged?: boolean } = {},
): Promise<OpenedRun | undefined> {
  const fresh =
    options.onlyChanged === true
      ? await findUnmarked(context, files)
      : await Promise.all(files.map((file) => markFile(context, file)))
  if (fresh.length === 0) return undefined
  return openRun(context, { kind: 'ingest', source, stages: ['ingest'] }, async (tx, runId) => {
    const references: { deliveryId: string }[] = []
    for (const { path, mark, bytes } of fresh) {
      const deliveryId = context.newId()
      const place = `deliveries:${deliveryId}`
      const sealedPath = sealEnvelope(context.keyring, Buffer.from(path, 'utf8'), place, context.random)
      await insertDelivery(
        tx,
        runId,
        { deliveryId, source, sealedPath, reading, naming: deriveNaming(reading) },
        { mark, bytes },
      )
      references.push({ deliveryId })
    }
    return references
  })
}

/** Those of the files that were not handed in before as they are now. */
export async function findUnmarked(context: Context, files: readonly string[]): Promise<readonly MarkedFile[]> {
  const marked = await Promise.all(files.map((file) => markFile(context, file)))
  const known = await findMarks(
    context.store.sql,
    marked.map(({ mark }) => mark),
  )
  return marked.filter(({ mark }) => !known.has(mark))
}

async function markFile(context: Context, file: string): Promise<MarkedFile> {
  const path = resolve(file)
  const { size, mtimeMs } = await stat(path)
  return {
    path,
    bytes: size,
    mark: hashToUuid(context.keyring.fingerprint, 'file', path, String(size), String(mtimeMs)),
  }
}
