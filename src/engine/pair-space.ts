/** Which pairs of rows there are: all, or with `linkOnly` those of different files. */
export interface PairSpace {
  readonly rowCount: number
  readonly fileOf: Uint16Array
  readonly fileCount: number
  readonly linkOnly: boolean
  /** Only pairs of one file, to see whether files hold anybody twice. */
  readonly withinOnly?: boolean
}

/** Pairs among rows of which `perFile` says how many each file has. */
export function countPairs(perFile: ArrayLike<number>, linkOnly: boolean): number {
  let all = 0
  let within = 0
  for (let file = 0; file < perFile.length; file++) {
    all += perFile[file]!
    within += perFile[file]! * (perFile[file]! - 1)
  }
  return (all * (all - 1) - (linkOnly ? within : 0)) / 2
}

/** All pairs of a space. */
export function countAllPairs({ rowCount, fileOf, fileCount, linkOnly }: PairSpace): number {
  const perFile = new Float64Array(fileCount)
  for (let row = 0; row < rowCount; row++) perFile[fileOf[row]!]!++
  return countPairs(perFile, linkOnly)
}
