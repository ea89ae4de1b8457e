import type { LoadedInput } from '../../feature/fit-inputs.ts'
import type { ModelInput } from '../../feature/model-input.ts'
import type { Tx } from '../open-store.ts'

/** Rows at a time: all of a million people as objects would be ten times their columns. */
const AT_ONCE = 10_000

/**
 * What is known of everybody living for some inputs, a column an input, by the id asked for and sorted by it. Attributes are
 * those that are published. Nothing else may be asked of `tx` meanwhile.
 */
export async function loadInputs(
  tx: Tx,
  inputs: readonly ModelInput[],
  id: 'profile_id' | 'pseudonym',
): Promise<{ readonly ids: readonly string[]; readonly loaded: readonly LoadedInput[] }> {
  const [counted] = await tx<{ people: number }[]>`
    SELECT count(*) AS people FROM onefold.features JOIN onefold.profiles USING (profile_id) WHERE dissolved_at IS NULL`
  const people = counted?.people ?? 0
  const columns = inputs.map((input) => openColumn(input, people))
  let list = tx`profile.${tx(id)} AS id`
  for (const [n, input] of inputs.entries()) {
    const column = 'feature' in input ? tx`feature.${tx(input.feature)}` : tx`published.${tx(input.attribute)}`
    list = tx`${list}, ${column} AS ${tx(`input_${n}`)}`
  }
  const ids: string[] = []
  // Without attributes nobody asks for what is published, and it is not read.
  const batches = tx<Record<string, string | number | null>[]>`
    SELECT ${list} FROM onefold.features AS feature JOIN onefold.profiles AS profile USING (profile_id)
    LEFT JOIN onefold_out.unified_profiles AS published ON published.profile_id = profile.pseudonym
    WHERE dissolved_at IS NULL ORDER BY profile.${tx(id)}`.cursor(AT_ONCE)
  for await (const batch of batches) {
    for (const row of batch) {
      for (const [n, column] of columns.entries()) column.take(ids.length, row[`input_${n}`] ?? null)
      ids.push(row['id'] as string)
    }
  }
  return { ids, loaded: columns.map((column) => column.close()) }
}

interface OpenColumn {
  take(person: number, value: string | number | null): void
  close(): LoadedInput
}

function openColumn(input: ModelInput, people: number): OpenColumn {
  if ('feature' in input) {
    const given = new Float64Array(people).fill(NaN)
    return {
      take: (person, value) => void (given[person] = typeof value === 'number' ? value : NaN),
      close: () => ({ kind: 'number', input, given }),
    }
  }
  const codes = new Int32Array(people).fill(-1)
  const codeOf = new Map<string, number>()
  return {
    take: (person, value) => {
      if (typeof value !== 'string') return
      const code = codeOf.get(value) ?? codeOf.size
      codeOf.set(value, code)
      codes[person] = code
    },
    close: () => ({ kind: 'category', input, given: { codes, categories: [...codeOf.keys()] } }),
  }
}
