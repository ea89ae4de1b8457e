/** Rows by what several columns say together: equal tuples share a number, from 0 on in the order they turn up. */
export interface NumberedTuples {
  readonly numbers: Int32Array
  /** The first row of each number. */
  readonly firstRows: Int32Array
}

/** Numbers the tuples of codes that rows have, by open addressing over the rows themselves. */
export function numberTuples(columns: readonly Int32Array[], rowCount: number): NumberedTuples {
  let slots = new Int32Array(1 << 10)
  const numbers = new Int32Array(rowCount)
  let firstRows = new Int32Array(slots.length / 2)
  let used = 0
  const slotOf = (row: number): number => {
    let hash = 0x811c9dc5
    for (const codes of columns) hash = Math.imul(hash ^ codes[row]!, 0x9e3779b1) ^ (hash >>> 15)
    return (hash ^ (hash >>> 13)) & (slots.length - 1)
  }
  const isSame = (a: number, b: number): boolean => {
    for (const codes of columns) if (codes[a] !== codes[b]) return false
    return true
  }
  for (let row = 0; row < rowCount; row++) {
    let slot = slotOf(row)
    while (slots[slot] !== 0 && !isSame(firstRows[slots[slot]! - 1]!, row)) slot = (slot + 1) & (slots.length - 1)
    if (slots[slot] === 0) {
      firstRows[used++] = row
      slots[slot] = used
      if (used * 2 === slots.length) {
        slots = new Int32Array(slots.length * 2)
        const wider = new Int32Array(slots.length / 2)
        wider.set(firstRows)
        firstRows = wider
        for (let number = 0; number < used; number++) {
          let place = slotOf(firstRows[number]!)
          while (slots[place] !== 0) place = (place + 1) & (slots.length - 1)
          slots[place] = number + 1
        }
        numbers[row] = used - 1
        continue
      }
    }
    numbers[row] = slots[slot]! - 1
  }
  return { numbers, firstRows: firstRows.subarray(0, used) }
}
