/** Remembers the answer to a text for a while; forgetting is always allowed. */
export interface BoundedCache<V> {
  readonly find: (key: string) => V | undefined
  readonly save: (key: string, value: V) => void
}

/**
 * A memory of at most `2 × limit` entries that drops the least recently used half at once.
 *
 * Two generations of a Map cost one hash look-up on a hit and no list upkeep, which is what makes
 * memoising cheaper than normalizing a short name again. `limit` 0 remembers nothing.
 */
export function createBoundedCache<V>(limit: number): BoundedCache<V> {
  let young = new Map<string, V>()
  let old = new Map<string, V>()
  const save = (key: string, value: V): void => {
    if (limit <= 0) return
    if (young.size >= limit) {
      old = young
      young = new Map()
    }
    young.set(key, value)
  }
  const find = (key: string): V | undefined => {
    const hit = young.get(key)
    if (hit !== undefined) return hit
    const aged = old.get(key)
    if (aged !== undefined) save(key, aged)
    return aged
  }
  return { find, save }
}
