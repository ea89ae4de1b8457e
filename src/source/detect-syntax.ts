import type { FileFormat } from './file-format.ts'
import { findJsonShape } from './find-json-shape.ts'

/**
 * Guesses CSV, JSON Lines or JSON from the first text and the file's name. `[` begins a JSON array. `{` begins JSON
 * Lines, unless the file is named .json and is one object around an array, or an object over several lines.
 * Confidence is 0 to 1.
 */
export function detectSyntax(
  text: string,
  fileName: string,
): { readonly syntax: FileFormat['syntax']; readonly confidence: number } {
  const isLines = /\.(?:jsonl|ndjson)$/.test(fileName)
  const isJson = fileName.endsWith('.json')
  const isTable = /\.(?:csv|tsv|tab|psv)$/.test(fileName)
  const first = text.trimStart()[0]
  if (isLines) return { syntax: 'jsonl', confidence: first === '{' ? 1 : 0.6 }
  if (isTable) return { syntax: 'csv', confidence: 1 }
  if (first === '[' && (isJson || /^\s*\[\s*[{\]]/.test(text))) return { syntax: 'json', confidence: 1 }
  if (first !== '{') return isJson ? { syntax: 'jsonl', confidence: 0.3 } : { syntax: 'csv', confidence: 0.9 }

  const lines = text.trimStart().split(/\r\n|\n|\r/, 3)
  const firstLine = lines[0]!.trimEnd()
  const severalLines = lines.some((line, index) => index > 0 && line.trim() !== '')
  const isEnvelope = findJsonShape(text).shape === 'envelope'
  if (isObject(firstLine)) {
    return { syntax: isEnvelope && !severalLines && isJson ? 'json' : 'jsonl', confidence: 0.95 }
  }
  if (isEnvelope && !(severalLines && firstLine.endsWith('}'))) return { syntax: 'json', confidence: 0.9 }
  return { syntax: /[{,[]$/.test(firstLine) ? 'json' : 'jsonl', confidence: 0.8 }
}

function isObject(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}
