import { drawNumbers } from '../../src/engine/draw-numbers.ts'

const GIVEN = 'anna boris clara david elena felix greta hugo irene jonas karin louis marta nils olga peter'.split(' ')
const SYLLABLES = 'ba ko li mar ten sol vi ru dan fe gor hu zel pi tra wes'.split(' ')
export const PEOPLE_HEADER = ['id', 'first_name', 'last_name', 'birth_date', 'email', 'city']

/** Invented rows: each person once or twice, the second time with a slip here and there. Same seed, same rows. */
export function inventPeople(persons: number, seed: number): { rows: string[][]; personOf: number[] } {
  const next = drawNumbers(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!
  const rows: string[][] = []
  const personOf: number[] = []
  for (let person = 0; person < persons; person++) {
    const given = pick(GIVEN)
    const family = pick(SYLLABLES) + pick(SYLLABLES) + pick(SYLLABLES)
    const year = 1940 + Math.floor(next() * 60)
    const date = `${year}-0${1 + Math.floor(next() * 9)}-${10 + Math.floor(next() * 18)}`
    const email = `${given}.${family}@${pick(['one', 'two', 'six'])}.example.org`
    const city = pick(['Ulm', 'Graz', 'Lyon', 'Leeds', 'Porto', 'Turku'])
    rows.push([`r${rows.length}`, given, family, date, email, city])
    personOf.push(person)
    if (next() < 0.5) continue
    const slip = next()
    const seen = slip < 0.3 ? `${family.slice(0, 2)}${family.slice(3)}` : family
    rows.push([`r${rows.length}`, given, seen, slip > 0.8 ? '' : date, slip > 0.5 && slip < 0.7 ? '' : email, city])
    personOf.push(person)
  }
  return { rows, personOf }
}
