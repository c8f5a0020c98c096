/**
 * First parts of addresses that are themselves a secret: whoever reads one opens what it opens. They are kept by no
 * cache, listed by no search engine, told to no other site and written to no log. A test holds them against the routes.
 */
export const TOKEN_PAGES = ["p", "reset", "invite", "email", "unsubscribe"] as const;
