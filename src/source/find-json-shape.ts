/** Where the objects of a JSON file are: in an array, in the first property of an object, or one after another. */
export interface JsonShape {
  readonly shape: 'array' | 'envelope' | 'sequence'
  /** The text up to and with the opening bracket; empty for `sequence`. */
  readonly prefix: string
}

/** `{"data": [` with an object or nothing as the first element. */
const ENVELOPE = /^[ \t\r\n]*\{[ \t\r\n]*"([^"\\]{0,200})"[ \t\r\n]*:[ \t\r\n]*\[(?=[ \t\r\n]*[{\]])/
/** What web interfaces usually call the array of rows. */
const USUAL_NAMES = new Set(
  'data,items,records,results,result,rows,list,entries,values,value,objects,hits,content,elements'.split(','),
)
const ARRAY = /^[ \t\r\n]*\[/

/**
 * Says where a JSON file keeps its rows, from the text of its head without byte order mark. An array under a usual
 * name is one of rows; under any other name it is when it begins with an object and nothing else stands beside it, or
 * the head is too short to tell: else the object itself is the row, and nothing of it may be lost.
 */
export function findJsonShape(head: string): JsonShape {
  const array = ARRAY.exec(head)
  if (array !== null) return { shape: 'array', prefix: array[0] }
  const envelope = ENVELOPE.exec(head)
  if (envelope !== null && (USUAL_NAMES.has(envelope[1]!) || isOnlyProperty(head, envelope[0].length))) {
    return { shape: 'envelope', prefix: envelope[0] }
  }
  return { shape: 'sequence', prefix: '' }
}

function isOnlyProperty(head: string, elementsFrom: number): boolean {
  if (head.slice(elementsFrom).trimStart()[0] !== '{') return false
  try {
    return Object.keys(JSON.parse(head) as object).length === 1
  } catch {
    return true
  }
}
