/** What a reader is told of an error, by its name. English needs none: the errors say it themselves. */
export type ErrorWords = Readonly<Record<string, string>>;

/** What a reader is told of the end of a session, by its code. */
export type EndWords = Readonly<Record<string, string>>;
