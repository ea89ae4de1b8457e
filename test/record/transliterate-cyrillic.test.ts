import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { normalizeText } from '../../src/record/normalize-text.ts'
import { transliterateCyrillic } from '../../src/record/transliterate-cyrillic.ts'

test.each([
  ['Юлия Щербакова', 'iuliia shcherbakova'],
  ['Ігор Їжакевич', 'igor izhakevich'],
  ['Љиљана Ђорђевић', 'ljiljana dordevic'],
  ['Anna Müller', 'anna muller'],
  ['王 杰', '王 杰'],
])('%j is %j in a passport', (name, latin) => {
  expect(transliterateCyrillic(normalizeText(name))).toBe(latin)
})

test.prop([fc.string({ unit: fc.constantFrom(...'абвгдежзиклмнопрстуфхцчшщъыьэюяіїєґўђљњћџ ab-ç王') })])(
  'what is spelled in Latin letters stays, and no Cyrillic letter is left',
  (text) => {
    const latin = transliterateCyrillic(normalizeText(text))
    expect(transliterateCyrillic(latin)).toBe(latin)
    expect(latin).not.toMatch(/\p{Script=Cyrillic}/u)
  },
)
