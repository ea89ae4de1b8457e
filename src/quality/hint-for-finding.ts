const WHOLE: Readonly<Record<string, string>> = {
  'birth_date.ambiguous': 'say `date_order: dmy` or `mdy` for the source',
  'birth_date.swapped': 'say `date_order:` for the source; day and month were read the only possible way',
  'birth_date.two_digit_year': 'write years with four digits',
  'birth_date.default': 'leave the cell empty where the date is not known',
  'birth_date.out_of_range': 'correct the year at the source',
  'phone.invalid': 'write it with its country code, or say `region:` for the source',
  'country.invalid': 'write a country’s name or its code of ISO 3166',
  'occurred_at.implausible': 'correct when it happened, or set the clock of the sender',
  'occurred_at.missing': 'map the column that says when it happened to `occurred_at`',
  'row.ragged': 'compare the delimiters of the line with the header',
  'row.bad_encoding': 'say `format: { encoding: … }` for the source',
  'row.too_large': 'a row may have 1 MiB; a quote that never closes makes long ones',
  'row.unclosed_quote': 'close the quote, or double it inside the cell',
  'row.bad_quote': 'double quotes inside a quoted cell',
  'record.empty': 'the row names nobody; complete it, or map more of its columns',
  'order.no_customer': 'complete the row, or map the column that names the customer',
  'order.cancelled': 'say `{ code: order.cancelled, severity: info }` where figures are net',
  'event.no_actor': 'map a cookie, device or user id',
  'event.unknown_kind':
    'add it to `events.declared`, or say in `events.names` what it is: `{ addtocart: Product Added }`',
  'deleted.invalid': 'write `true` or `false`, an operation, or when it was deleted',
  'deleted.unnamed': 'map the column that names the record to `record_key`',
  'deleted.undated': 'say when it was deleted, in this column or that of `updated_at`',
  'contract.new_column': 'add the column to the contract or the mapping',
  'contract.missing_column': 'compare the header with `contract.required`',
}

const PARTS: Readonly<Record<string, string>> = {
  invalid: 'correct it at the source; the value is kept but not used',
  placeholder: 'leave the cell empty; such a value links nobody',
  too_long: 'check that the column is mapped to the right field',
  ambiguous: 'say `date_order: dmy` or `mdy` for the source',
}

/** What to do about a finding, in half a sentence; undefined where the finding says it all. */
export function hintForFinding(code: string): string | undefined {
  return WHOLE[code] ?? PARTS[code.slice(code.lastIndexOf('.') + 1)]
}
