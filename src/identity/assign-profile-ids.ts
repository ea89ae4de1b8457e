/**
 * The profile id of each cluster, in the clusters' order: that of its earliest record in the ledger, `rec_…`
 * becoming `prf_…`. So an id is a function of the clustering: the part that holds the earliest record keeps it,
 * later arrivals never change it, and a replay gives the same. `seqOf` is the record's place in the ledger; ties
 * go to the smaller id. An empty cluster is not a cluster.
 */
export function assignProfileIds(
  clusters: readonly (readonly string[])[],
  seqOf: (recordId: string) => number,
): readonly string[] {
  return clusters.map((members) => {
    let earliest = members[0]!
    for (const member of members) {
      const difference = seqOf(member) - seqOf(earliest)
      if (difference < 0 || (difference === 0 && member < earliest)) earliest = member
    }
    return earliest.startsWith('rec_') ? `prf_${earliest.slice(4)}` : earliest
  })
}
