export type ValueKind = 'email' | 'url' | 'timestamp' | 'date' | 'integer' | 'number' | 'phone' | 'boolean' | 'text'

// Each pattern is linear: no repetition is inside another, and neighbours share no character.
const EMAIL = /^[^\s@,;<>"]{1,64}@[^\s@,;<>".]{1,63}(?:\.[^\s@,;<>".]{1,63}){1,6}$/
const URL = /^(?:https?|ftp):\/\/\S{1,2000}$/i
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)? ?(?:Z|UTC|[+-]\d{2}:?\d{2})?$/
const DATE = /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2}))$/
const INTEGER = /^[+-]?\d{1,30}$/
const NUMBER = /^[+-]?(?:\d{1,3}(?:[ ,.']\d{3}){1,6}(?:[.,]\d{1,10})?|\d{1,30}[.,]\d{1,20})(?:e[+-]?\d{1,3})?$/i
const PHONE = /^(?:\+|00|\(0|0)[\d ()./-]{6,22}$/
const BOOLEAN = /^(?:true|false|yes|no|ja|nein|oui|non|sí|si)$/i

/**
 * What a cell looks like, without knowing its column. Digits alone are an integer, never a phone number, unless they
 * begin with + or 00. Empty text is text. Meant for guessing from many cells; one cell proves nothing.
 */
export function guessValueKind(value: string): ValueKind {
  if (value.length > 2048 || value === '') return 'text'
  if (value.includes('@')) return EMAIL.test(value) ? 'email' : 'text'
  if (URL.test(value)) return 'url'
  if (TIMESTAMP.test(value)) return 'timestamp'
  if (DATE.test(value)) return 'date'
  if (INTEGER.test(value)) return /^\+|^00[1-9]\d{8}/.test(value) && value.length > 7 ? 'phone' : 'integer'
  if (PHONE.test(value) && value.replace(/\D/g, '').length >= 7) return 'phone'
  if (NUMBER.test(value)) return 'number'
  if (BOOLEAN.test(value)) return 'boolean'
  return 'text'
}
