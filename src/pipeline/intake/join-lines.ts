import type { FileInMemory } from '../../source/readable-bytes.ts'

const LINE_END = Buffer.from('\n')

/** Lines of JSON as the file they would be. */
export function joinLines(lines: readonly Uint8Array[]): FileInMemory {
  return { name: 'http.jsonl', bytes: Buffer.concat(lines.flatMap((line) => [line, LINE_END])) }
}
