import type { BinaryOperator, Expression } from './expression.ts'
import { FUNCTIONS } from './functions.ts'
import { tokenize, type Token } from './tokenize.ts'

/** Operators by how tightly they bind, the loosest first. */
const TIERS: readonly (readonly BinaryOperator[])[] = [
  ['=', '<>', '<', '<=', '>', '>='],
  ['||'],
  ['+', '-'],
  ['*', '/'],
]

class Unreadable extends Error {}

/**
 * Reads a condition of Splink's settings: columns with `_l` and `_r`, texts and numbers, AND OR NOT, comparisons, IS
 * NULL, IN, arithmetic, and the functions of `FUNCTIONS`. The answer says what is not understood and where otherwise.
 */
export function parseExpression(sql: string): Expression | { readonly problem: string } {
  const tokens = tokenize(sql)
  if (typeof tokens === 'number') return { problem: `unexpected ${JSON.stringify(sql[tokens])} at ${tokens + 1}` }
  try {
    return readAll(tokens)
  } catch (failure) {
    if (failure instanceof Unreadable) return { problem: failure.message }
    throw failure
  }
}

function readAll(tokens: readonly Token[]): Expression {
  let next = 0

  const peek = (ahead = 0): Token | undefined => tokens[next + ahead]
  const isWord = (word: string, ahead = 0): boolean =>
    peek(ahead)?.kind === 'word' && peek(ahead)?.text.toUpperCase() === word
  const isSymbol = (symbol: string): boolean => peek()?.kind === 'symbol' && peek()?.text === symbol
  const fail = (): never => {
    const token = peek()
    throw new Unreadable(
      token === undefined ? 'it ends too early' : `unexpected ${nameToken(token)} at ${token.at + 1}`,
    )
  }
  const takeWord = (word: string): boolean => {
    if (!isWord(word)) return false
    next += 1
    return true
  }
  const takeSymbol = (symbol: string): boolean => {
    if (!isSymbol(symbol)) return false
    next += 1
    return true
  }
  const insist = (isTaken: boolean): void => {
    if (!isTaken) fail()
  }

  const readOr = (): Expression => {
    let left = readAnd()
    while (takeWord('OR')) left = { kind: 'or', left, right: readAnd() }
    return left
  }
  const readAnd = (): Expression => {
    let left = readNot()
    while (takeWord('AND')) left = { kind: 'and', left, right: readNot() }
    return left
  }
  const readNot = (): Expression => (takeWord('NOT') ? { kind: 'not', operand: readNot() } : readTier(0))

  const readTier = (tier: number): Expression => {
    const operators = TIERS[tier]
    if (operators === undefined) return readUnary()
    let left = readTier(tier + 1)
    for (;;) {
      const token = peek()
      const operator = operators.find((known) => token?.kind === 'symbol' && token.text === known)
      if (operator === undefined) return tier === 0 ? readTest(left) : left
      next += 1
      left = { kind: 'binary', operator, left, right: readTier(tier + 1) }
    }
  }
  /** What may follow a value: IS [NOT] NULL, [NOT] IN (…). */
  const readTest = (operand: Expression): Expression => {
    if (takeWord('IS')) {
      const isNegated = takeWord('NOT')
      insist(takeWord('NULL'))
      return { kind: 'is_null', operand, isNegated }
    }
    const isNegated = isWord('NOT') && isWord('IN', 1) && takeWord('NOT')
    if (!takeWord('IN')) return operand
    insist(takeSymbol('('))
    return { kind: 'in', operand, values: readList(), isNegated }
  }
  const readList = (): readonly Expression[] => {
    const found: Expression[] = []
    if (takeSymbol(')')) return found
    do found.push(readOr())
    while (takeSymbol(','))
    insist(takeSymbol(')'))
    return found
  }
  const readUnary = (): Expression =>
    takeSymbol('-')
      ? { kind: 'binary', operator: '-', left: { kind: 'literal', value: 0 }, right: readUnary() }
      : readValue()
  const readValue = (): Expression => {
    if (takeSymbol('(')) {
      const inner = readOr()
      insist(takeSymbol(')'))
      return inner
    }
    const token = peek()
    if (token === undefined || token.kind === 'symbol') return fail()
    next += 1
    if (token.kind === 'text') return { kind: 'literal', value: token.text }
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) }
    if (token.kind === 'word') {
      const constant = CONSTANTS.get(token.text.toUpperCase())
      if (constant !== undefined) return { kind: 'literal', value: constant }
      if (takeSymbol('(')) return readCall(token)
    }
    const column = /^(.+)_([lr])$/.exec(token.text)
    if (column === null) throw new Unreadable(`the ${token.kind} at ${token.at + 1} is no column with _l or _r`)
    return { kind: 'column', name: column[1]!, side: column[2] as 'l' | 'r' }
  }
  const readCall = ({ text, at }: Token): Expression => {
    const name = text.toLowerCase()
    if (!Object.hasOwn(FUNCTIONS, name)) throw new Unreadable(`the function ${text} at ${at + 1} is not known here`)
    const operands = readList()
    const [least, most] = FUNCTIONS[name]!.takes
    if (operands.length < least || operands.length > most)
      throw new Unreadable(`${name} at ${at + 1} does not take ${operands.length} operands here`)
    if (name === 'regexp_extract' && !isPattern(operands[1])) throw new Unreadable(`the pattern at ${at + 1} is none`)
    if (name === 'try_strptime' && !isIsoFormat(operands[1]))
      throw new Unreadable(`the format at ${at + 1} is not '%Y-%m-%d'`)
    return { kind: 'call', name, operands }
  }

  const whole = readOr()
  if (peek() !== undefined) fail()
  return whole
}

const isIsoFormat = (operand: Expression | undefined): boolean =>
  operand?.kind === 'literal' && operand.value === '%Y-%m-%d'

/** Texts and names may be people's: what is not of the language is named by its kind. */
const nameToken = ({ kind, text }: Token): string => (kind === 'symbol' || kind === 'number' ? text : `a ${kind}`)

/** A pattern is written out, so that a bad one is found now and not among the records. */
function isPattern(operand: Expression | undefined): boolean {
  if (operand?.kind !== 'literal' || typeof operand.value !== 'string') return false
  try {
    return new RegExp(operand.value, 'u').source !== ''
  } catch {
    return false
  }
}

const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['NULL', null],
  ['TRUE', true],
  ['FALSE', false],
])
