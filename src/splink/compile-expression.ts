import type { BinaryOperator, Expression } from './expression.ts'
import { FUNCTIONS, type Measured, type SqlValue } from './functions.ts'

/** What a record says, by column; null where it says nothing. */
export type Cells = Readonly<Record<string, string | null>>

export type Evaluate = (left: Cells, right: Cells) => SqlValue

/** Makes an expression a function of two records, with SQL's logic of three values. A column that is not there is NULL. */
export function compileExpression(expression: Expression, measured: Measured): Evaluate {
  const compile = (part: Expression): Evaluate => compileExpression(part, measured)
  switch (expression.kind) {
    case 'literal':
      return () => expression.value
    case 'column': {
      const { name, side } = expression
      return side === 'l' ? (left) => left[name] ?? null : (_, right) => right[name] ?? null
    }
    case 'call': {
      const { compute } = FUNCTIONS[expression.name]!
      const operands = expression.operands.map(compile)
      return (left, right) =>
        compute(
          operands.map((operand) => operand(left, right)),
          measured,
        )
    }
    case 'not': {
      const operand = compile(expression.operand)
      return (left, right) => negate(operand(left, right))
    }
    case 'and':
    case 'or': {
      const [first, second] = [compile(expression.left), compile(expression.right)]
      const decisive = expression.kind === 'or'
      return (left, right) => {
        const one = first(left, right)
        if (one === decisive) return decisive
        const other = second(left, right)
        if (other === decisive) return decisive
        return one === null || other === null ? null : !decisive
      }
    }
    case 'binary': {
      const [first, second] = [compile(expression.left), compile(expression.right)]
      const apply = OPERATORS[expression.operator]
      return (left, right) => {
        const a = first(left, right)
        const b = second(left, right)
        return a === null || b === null ? null : apply(a, b)
      }
    }
    case 'is_null': {
      const operand = compile(expression.operand)
      return (left, right) => (operand(left, right) === null) !== expression.isNegated
    }
    case 'in':
      return compileIn(expression, compile)
  }
}

function compileIn(
  { operand, values, isNegated }: Extract<Expression, { kind: 'in' }>,
  compile: (part: Expression) => Evaluate,
): Evaluate {
  const asked = compile(operand)
  const others = values.map(compile)
  // Texts that are written out are looked up: an exported condition lists thousands of names.
  const written = values.flatMap((value) =>
    value.kind === 'literal' && typeof value.value === 'string' ? value.value : [],
  )
  const texts = written.length === values.length ? new Set(written) : undefined
  return (left, right) => {
    const value = asked(left, right)
    if (value === null) return null
    if (texts !== undefined && typeof value === 'string') return texts.has(value) !== isNegated
    const known = others.map((other) => other(left, right))
    if (known.some((other) => other !== null && isEqual(value, other))) return !isNegated
    return known.includes(null) ? null : isNegated
  }
}

function negate(value: SqlValue): SqlValue {
  return value === null ? null : value !== true
}

type Known = Exclude<SqlValue, null>

/** Numbers are compared as numbers, all else as texts. */
const compare =
  (isSo: (order: number) => boolean) =>
  (a: Known, b: Known): boolean =>
    isSo(typeof a === 'number' || typeof b === 'number' ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0)

const isEqual = compare((order) => order === 0)

const OPERATORS: Readonly<Record<BinaryOperator, (a: Known, b: Known) => SqlValue>> = {
  '=': isEqual,
  '<>': compare((order) => order !== 0),
  '<': compare((order) => order < 0),
  '<=': compare((order) => order <= 0),
  '>': compare((order) => order > 0),
  '>=': compare((order) => order >= 0),
  '+': (a, b) => Number(a) + Number(b),
  '-': (a, b) => Number(a) - Number(b),
  '*': (a, b) => Number(a) * Number(b),
  '/': (a, b) => (Number(b) === 0 ? null : Number(a) / Number(b)),
  '||': (a, b) => `${String(a)}${String(b)}`,
}
