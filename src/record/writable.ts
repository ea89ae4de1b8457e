/** A noun while it is being built; assigning parts is several times faster than spreading them conditionally. */
export type Writable<T> = { -readonly [Key in keyof T]: T[Key] }
