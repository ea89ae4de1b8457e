/** What a condition may say of two records: the part of SQL that Splink's comparison levels are written in. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  /** `first_name_l`: what the left or the right record says there. */
  | { readonly kind: 'column'; readonly name: string; readonly side: 'l' | 'r' }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Expression[] }
  | { readonly kind: 'not'; readonly operand: Expression }
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly kind: 'is_null'; readonly operand: Expression; readonly isNegated: boolean }
  | {
      readonly kind: 'in'
      readonly operand: Expression
      readonly values: readonly Expression[]
      readonly isNegated: boolean
    }

export type BinaryOperator = '=' | '<>' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '||'
