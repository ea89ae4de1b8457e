import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { generateSample } from './generate-sample.ts'
import type { Sample } from './generate-sample.ts'
import type { SampleOptions } from './sample-file.ts'

/**
 * Generates a sample and writes its files into a folder, which is made when it is missing; files of the same name
 * are replaced. Returns the sample, so that its counts and its `asOf` can be used without reading anything back.
 * Safe to repeat: the same options write the same bytes.
 */
export async function writeSample(folder: string, options: SampleOptions): Promise<Sample> {
  const sample = generateSample(options)
  await mkdir(folder, { recursive: true })
  for (const { name, content } of sample.files) await writeFile(join(folder, name), content)
  return sample
}
