import type { Random } from './create-random.ts'
import { foldToAscii } from './fold-to-ascii.ts'

/**
 * A new e-mail address in the style people choose theirs, never one that `taken` holds already; `taken` grows by it.
 * A taken address gets the next free number, so the call always ends.
 */
export function inventEmail(
  random: Random,
  name: { readonly given: string; readonly family: string; readonly birthYear: number },
  domain: string,
  taken: Set<string>,
): string {
  const given = mailbox(name.given)
  const family = mailbox(name.family)
  const year = String(name.birthYear).slice(-2)
  const local = random.pick([
    `${given}.${family}`,
    `${given}.${family}`,
    `${given.charAt(0)}.${family}`,
    `${given}_${family}`,
    `${family}.${given}`,
    `${given}${year}`,
    `${given.charAt(0)}${family}${year}`,
  ])
  for (let number = 1; ; number += 1) {
    const address = `${local}${number === 1 ? '' : number}@${domain}`
    if (taken.has(address)) continue
    taken.add(address)
    return address
  }
}

function mailbox(name: string): string {
  return foldToAscii(name)
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
}
