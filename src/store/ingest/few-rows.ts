/**
 * So many rows of a batch, as groups that arrive over HTTP have, are appended by statements that can be sent together: each copy
 * takes two answers of the server, and more of it. Of more rows a copy is faster.
 */
export const FEW_ROWS = 1_000
