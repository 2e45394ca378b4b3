/** A catalogue with exactly the keys of another one; every leaf is a sentence. */
export type Catalogue<T> = { [K in keyof T]: T[K] extends string ? string : Catalogue<T[K]> };
