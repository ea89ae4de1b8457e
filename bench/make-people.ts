/**
 * Writes a CRM file of invented people with its truth, for machines that have no other generator:
 *
 *     node dist/bench/make-people.js --records 1000000 --seed 1 --out people.csv
 *
 * Columns: id, first_name, last_name, birth_date, email, phone, street, city, postcode, updated_at, entity.
 * Three records in four are somebody new, one describes an earlier entity again with one or two faults, so an entity
 * has 1.33 records on average. An entity is a function of the seed and its number, hence nothing is remembered and
 * memory does not grow; the repeats lie anywhere in the file. The same options give the same bytes on one Node version.
 * Names follow a power law whose most frequent surname has about 0.75 % of the people; Smith had 0.83 % in the
 * United States census of 2010. Mobile numbers are random, since no range kept for fiction is large enough.
 */
import { closeSync, openSync, writeSync } from 'node:fs'
import { parseArgs } from 'node:util'

import { createRandom } from '../src/sample/create-random.ts'
import type { Random } from '../src/sample/create-random.ts'
import { misspell } from '../src/sample/misspell.ts'

/** Characters gathered before a write: large enough that the system call costs nothing. */
const CHUNK_LENGTH = 1 << 18

/** Share of records that describe an entity seen before, 0 to 1. */
const REPEAT_SHARE = 0.25

const DAY_MS = 86_400_000
const LAST_UPDATE_MS = Date.UTC(2026, 5, 30)

/** Letters that British postcodes use after the blank. */
const PLACE_LETTERS = [...'ABDEFGHJLNPQRSTUWXYZ']

const GIVEN_STARTS = list(
  'al an ar be bri ca ce chri da de el em fe fi ga ge ha he in is ja jo ka ke la le li lu ma me mi na ni ol pa pe ra ro sa si so ste ta te ti va vi wi ya ze',
)
const GIVEN_MIDDLES = list('l m n r s d t ss nn ll rt nd')
const GIVEN_ENDS = list('a e o ia ina ette ald ian on us')
const FAMILY_STARTS = list(
  'ab al ar ba bar be bir bo bra bri bro bu ca car cha cla col con cra da dal de don dun ed el fa fen fer fo ga gar gil go gra gre ha har haw hen hol hu in ja ke kin la lan le lin lo ma mar mer mo nor oa pa per po qui ra ro sal se sha sto ta thor tre un va wal we whi wil wo ya',
)
const FAMILY_MIDDLES = list('b ber br ck d der f g l ling ll m man mb n nd ng r rd s st t tt v w')
const FAMILY_ENDS = list('ton ley er son ford well man s field worth by wick ham den ing low ett more stone land')
const TOWN_ENDS = list('ton ville burg ford field haven wick port dale mouth')
const STREET_KINDS = list('Street Road Avenue Lane Drive Court Close Way')
const MAIL_DOMAINS = list('mailhaven.net postbox-one.com quillpost.com bluejaymail.net letterwren.co.uk ashmail.co.uk')

/** How many different towns and streets there are. */
const TOWNS = 2_000
const STREETS = 4_000

interface Entity {
  first: string
  last: string
  birthDate: string
  email: string
  phone: string
  street: string
  city: string
  postcode: string
}

main()

function main(): void {
  const { values } = parseArgs({
    options: { records: { type: 'string' }, seed: { type: 'string', default: '1' }, out: { type: 'string' } },
  })
  const records = Number(values.records)
  const seed = Number(values.seed)
  if (!Number.isSafeInteger(records) || records < 1 || !Number.isSafeInteger(seed) || values.out === undefined) {
    process.stderr.write('usage: make-people --records N [--seed S] --out FILE\n')
    process.exitCode = 2
    return
  }
  writePeople(records, seed, values.out)
}

function writePeople(records: number, seed: number, path: string): void {
  const random = createRandom(seed, 'records')
  const file = openSync(path, 'w')
  const days = Array.from({ length: 1500 }, (_, age) =>
    new Date(LAST_UPDATE_MS - age * DAY_MS).toISOString().slice(0, 10),
  )
  let chunk = 'id,first_name,last_name,birth_date,email,phone,street,city,postcode,updated_at,entity\n'
  let entities = 0
  for (let id = 1; id <= records; id += 1) {
    const repeats = entities > 0 && random.fraction() < REPEAT_SHARE
    const number = repeats ? random.integer(1, entities) : (entities += 1)
    const entity = inventEntity(seed, number)
    if (repeats) spoil(random, entity)
    const { first, last, birthDate, email, phone, street, city, postcode } = entity
    const updatedAt = days[random.integer(0, days.length - 1)]
    chunk += `${id},${first},${last},${birthDate},${email},${phone},${street},${city},${postcode},${updatedAt},${number}\n`
    if (chunk.length >= CHUNK_LENGTH) {
      writeSync(file, chunk)
      chunk = ''
    }
  }
  writeSync(file, chunk)
  closeSync(file)
}

/** The entity of a number, the same whenever it is asked for. No value holds a comma, a quote or a line break. */
function inventEntity(seed: number, number: number): Entity {
  // One to one in the number, so that no two entities are drawn alike.
  const random = createRandom(seed * 0x10001 + number, 'entity')
  const first = nameOf(
    rank(random, GIVEN_STARTS.length * GIVEN_MIDDLES.length * GIVEN_ENDS.length, 2),
    GIVEN_STARTS,
    GIVEN_MIDDLES,
    GIVEN_ENDS,
  )
  const last = nameOf(
    rank(random, FAMILY_STARTS.length * FAMILY_MIDDLES.length * FAMILY_ENDS.length, 2.2),
    FAMILY_STARTS,
    FAMILY_MIDDLES,
    FAMILY_ENDS,
  )
  const year = random.integer(1936, 2007)
  const town = rank(random, TOWNS, 2)
  const street = rank(random, STREETS, 1.5)
  const local = `${random.pick([first, first.charAt(0)])}${random.pick(['.', '_', ''])}${last}${number % 9973}`
  return {
    first,
    last,
    birthDate: `${year}-${pad(random.integer(1, 12), 2)}-${pad(random.integer(1, 28), 2)}`,
    email: random.fraction() < 0.85 ? `${local.toLowerCase()}@${random.pick(MAIL_DOMAINS)}` : '',
    phone: random.fraction() < 0.8 ? `+4474${pad(random.integer(0, 99_999_999), 8)}` : '',
    street: `${random.integer(1, 240)} ${nameOf(street, FAMILY_STARTS, FAMILY_MIDDLES, FAMILY_ENDS)} ${STREET_KINDS[street % STREET_KINDS.length]}`,
    city: nameOf(town, FAMILY_STARTS, FAMILY_MIDDLES, TOWN_ENDS),
    postcode: `${String.fromCharCode(65 + (town % 26), 65 + ((town * 7) % 26))}${1 + (town % 20)} ${random.integer(1, 9)}${random.pick(PLACE_LETTERS)}${random.pick(PLACE_LETTERS)}`,
  }
}

/** One or two faults; each alone leaves enough of the entity to be recognised. */
function spoil(random: Random, entity: Entity): void {
  for (let fault = random.integer(1, 2); fault > 0; fault -= 1) {
    switch (random.integer(0, 8)) {
      case 0:
        entity.first = misspell(random, entity.first)
        break
      case 1:
        entity.last = misspell(random, entity.last)
        break
      case 2:
        entity.first = entity.first.charAt(0)
        break
      case 3:
        entity.email = ''
        break
      case 4:
        entity.phone = ''
        break
      case 5: {
        const [year = '', month = '', day = ''] = entity.birthDate.split('-')
        entity.birthDate = random.fraction() < 0.5 && Number(day) <= 12 ? `${year}-${day}-${month}` : ''
        break
      }
      case 6:
        entity.street = ''
        break
      case 7: {
        const { first, last } = entity
        entity.first = last
        entity.last = first
        break
      }
      default:
        entity.city = misspell(random, entity.city)
    }
  }
}

/** A rank from 0 to size - 1; a higher power makes the low ranks more frequent, 1 makes all even. */
function rank(random: Random, size: number, power: number): number {
  return Math.floor(size * random.fraction() ** power)
}

/** The word of a rank: neighbours differ in their start, so that frequent words do not look alike. */
function nameOf(
  wordRank: number,
  starts: readonly string[],
  middles: readonly string[],
  ends: readonly string[],
): string {
  const start = starts[wordRank % starts.length] ?? ''
  const rest = Math.floor(wordRank / starts.length)
  const name =
    start +
    (middles[(rest + wordRank) % middles.length] ?? '') +
    (ends[Math.floor(rest / middles.length + wordRank) % ends.length] ?? '')
  return name.charAt(0).toUpperCase() + name.slice(1)
}

function list(words: string): readonly string[] {
  return words.split(' ')
}

function pad(number: number, digits: number): string {
  return String(number).padStart(digits, '0')
}
