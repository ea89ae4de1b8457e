import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { composeExample, UNDESCRIBED } from '../../src/config/compose-example.ts'
import { loadSettings } from '../../src/config/load-settings.ts'
import { settingsSchema } from '../../src/config/settings.ts'
import { PRESETS } from '../../src/source/find-preset.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onefold-example-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('the example says what holds without it', async () => {
  await writeFile(join(folder, 'onefold.config.yaml'), composeExample())
  expect((await loadSettings(folder)).settings).toEqual(settingsSchema.parse({}))
})

test('every setting that is commented out would be understood', async () => {
  // A comment on a setting is a sentence; a setting begins in lower case and has a colon.
  const live = composeExample().replaceAll(/^( *)# ( *(?:# )?)(?=[a-z0-9_]+:(?: |$))/gm, '$1$2')
  await writeFile(join(folder, 'onefold.config.yaml'), live)
  const { settings } = await loadSettings(folder)
  expect(Object.keys(settings.sources)).toEqual([
    'every_setting',
    ...PRESETS.map(({ name }) => name.replaceAll('-', '_')),
  ])
  expect(settings.rfm.period_days).toBe(365)
  expect(settings.schedules.run).toBe('0 3 * * *')
})

test('every setting has its words', () => {
  expect(composeExample()).not.toContain(UNDESCRIBED)
})
