/** What may leave the browser of an element; masks are inherited by everything below. The higher, the stricter. */

export const show = 0 as const;
export const mask = 1 as const;
export const block = 2 as const;
export const hide = 3 as const;
export const remove = 4 as const;
