import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadSettings } from '../../src/config/load-settings.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onefold-config-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function messageOf(yaml: string, name = 'onefold.config.yaml'): Promise<string> {
  await writeFile(join(folder, name), yaml)
  return loadSettings(folder).then(
    () => 'loaded',
    (error: Error) => error.message,
  )
}

const SEGMENT = "{ description: Theirs, owner: ada, review: '2027-06-30'"

describe('settings', () => {
  test('a project without a file has every default', async () => {
    const { settings, file } = await loadSettings(folder)
    expect(file).toBeUndefined()
    expect(settings).toMatchObject({ region: 'GB', zone: 'UTC', sources: {}, events: { session_gap: '30m' } })
  })

  test('a misspelt setting is named with its line and the nearest known one', async () => {
    const message = await messageOf('region: GB\nsourcs:\n  crm:\n    kind: people\n')
    expect(message).toBe('onefold.config.yaml: sourcs (line 2): there is no such setting, did you mean sources?')
  })

  test('a misspelt value is named with its path, line and the nearest allowed one', async () => {
    const message = await messageOf('sources:\n  crm:\n    kind: people\n    columns:\n      Mail: emial\n')
    expect(message).toContain(
      'sources.crm.columns.Mail (line 5): emial is none of the values allowed here, did you mean email?',
    )
  })

  test.each([
    ['region: England', 'region (line 1): write the two letters of a country: GB'],
    ['zone: Mars/Base', 'zone (line 1): write a time zone by its name: Europe/London'],
    [
      'schedules: { run: daily }',
      "schedules.run (line 1): write a cron schedule of five fields, or six with seconds first: '0 3 * * *'",
    ],
    [
      "schedules: { run: '61 99 * * *' }",
      'schedules.run (line 1): write a time that comes: minutes from 0 to 59, hours to 23, days that the month has',
    ],
    ["schedules: { run: '0 3 30 2 *' }", 'schedules.run (line 1): write a time that comes'],
    ['sources: { crm: {} }', 'sources.crm.kind (line 1): this is missing, write one of people, orders, events'],
    ['sources: { Crm: { kind: people } }', 'a source name is lower-case letters, digits and _'],
    ['sources: { crm: { kind: people, preset: hubspot-contact } }', 'did you mean hubspot-contacts?'],
    [
      'sources: { crm: { kind: people, columns: { Mail: xyzzy } } }',
      'xyzzy is none of the values allowed here, write one of',
    ],
    ['sources: { crm: { kind: people, trust: 7 } }', 'sources.crm.trust (line 1): write a number from 0 to 1'],
    [
      'sources: { crm: { kind: people, rules: [{ field: email, rule: matchs, severity: warn }] } }',
      'sources.crm.rules.0.rule (line 1): matchs is none of the values allowed here, did you mean matches?',
    ],
    [
      `segments: { a: ${SEGMENT}, rule: { all: [{ feature: total_spend, above: 5 }] } } }`,
      'total_spend is none of the values allowed here, did you mean total_spent?',
    ],
    [`segments: { a: ${SEGMENT}, rule: { feature: purchases } } }`, 'say what it is compared with: is, is_not, above'],
    [
      `segments: { a: ${SEGMENT}, rule: { feature: last_purchase_at, within: 3 weeks } } }`,
      'segments.a.rule.within (line 1): write a number and a unit: 90s, 30m, 26h or 2d',
    ],
    [
      `segments: { a: ${SEGMENT}, rule: { event: Prodcut Viewed, count: { above: 3 }, within: 1h } } }`,
      'Segment a asks for the event Prodcut Viewed, which is not declared.',
    ],
    [
      'events: { names: { produkt_ansicht: Produkt } }',
      'Events produkt_ansicht are to be taken for Produkt, which is not declared.',
    ],
    [
      `segments: { a: ${SEGMENT}, rule: { known_share_of: [contry], below: 1 } } }`,
      'contry is none of the values allowed here, did you mean country?',
    ],
    [
      `segments: { a: ${SEGMENT}, rule: { known_share_of: [country] } } }`,
      'say what it is compared with: is, is_not, above',
    ],
    [
      `segments: { a: ${SEGMENT}, fallback: true, rule: { segment: premium } } }`,
      'The fallback a refers to premium, which goes by ranks or scores',
    ],
    [`segments: { a: ${SEGMENT}, rule: { event: Search, within: 1h } } }`, 'ask for one of count, sum, distinct'],
    [
      `segments: { a: ${SEGMENT}, rule: { event: Search, sum: { above: 3 }, within: 1h } } }`,
      'only the event purchase has an amount to sum',
    ],
    [
      'composite_index: { features: [sesions, page_views] }',
      'sesions is none of the values allowed here, did you mean sessions?',
    ],
    [
      'composite_index: { features: [sessions, { feature: page_views, scale: minmax }] }',
      'composite_index.features.1.scale (line 1): minmax is none of the values allowed here, did you mean min_max?',
    ],
    [
      'model_inputs: [total_spend]',
      'model_inputs.0 (line 1): total_spend is none of the values allowed here, did you mean total_spent?',
    ],
    [
      'model_inputs: [{ attribute: contry }]',
      'model_inputs.0.attribute (line 1): contry is none of the values allowed here, did you mean country?',
    ],
    [
      'model_inputs: [{ feature: r, scale: z, bins: 4 }]',
      'model_inputs.0.bins (line 1): write either `scale` or `bins`',
    ],
    ['model_inputs: [{ feature: r, bins: [4, 2] }]', 'model_inputs.0.bins (line 1): write cut points ascending'],
    ['model_inputs: [r, { feature: r, missing: mean }]', 'model_inputs.1 (line 1): the column r is there already'],
    ['region: GB\nregion: FR', 'line 2: this key is written a second time'],
  ])('%s is told with what to write instead', async (yaml, sentence) => {
    expect(await messageOf(yaml)).toContain(sentence)
  })

  test.each(['0 3 * * *', '*/15 6-22 * * 1-5', '0 0 1,15 * *', '0 9 * * MON'])(
    'the schedule %s is taken',
    async (cron) => {
      expect(await messageOf(`schedules: { run: '${cron}' }`)).toBe('loaded')
    },
  )

  test('a rule about an event that is taken for another is told which to write', async () => {
    const rule = `rule: { event: view_item, count: { above: 3 }, within: 1h }`
    await writeFile(join(folder, 'onefold.config.yaml'), `segments: { a: ${SEGMENT}, ${rule} } }`)
    await expect(loadSettings(folder)).rejects.toMatchObject({
      code: 'segment.unknown_event',
      hint: 'Events of that name are taken for Product Viewed: write that, or add it to `events.declared` to have it kept.',
    })
    await writeFile(
      join(folder, 'onefold.config.yaml'),
      `events: { declared: [view_item] }\nsegments: { a: ${SEGMENT}, ${rule} } }`,
    )
    await expect(loadSettings(folder)).resolves.toBeDefined()
  })

  test('a pattern is a glob, no regular expression', async () => {
    const rule = "{ field: email, rule: matches, pattern: '*(at)*', severity: warn }"
    expect(await messageOf(`sources: { crm: { kind: people, rules: [${rule}] } }`)).toBe('loaded')
  })

  test('every problem is told at once', async () => {
    const message = await messageOf('sources:\n  crm:\n    kind: persons\n    trust: 7\n')
    expect(message).toContain('sources.crm.kind (line 3)')
    expect(message).toContain('sources.crm.trust (line 4)')
  })

  test('broken YAML is told with its line', async () => {
    expect(await messageOf('sources:\n  crm: [people\n')).toMatch(/line \d+: this is not valid YAML/)
  })

  test('a TypeScript configuration is loaded like a YAML one', async () => {
    await writeFile(
      join(folder, 'onefold.config.ts'),
      "export default { region: 'DE', sources: { crm: { kind: 'people' } } }\n",
    )
    const { settings } = await loadSettings(folder)
    expect(settings).toMatchObject({ region: 'DE', sources: { crm: { kind: 'people', trust: 0.5, repeats: 'drop' } } })
  })
})
