import { createContext, useContext } from "react";

/** The nonce of the response being rendered. Empty in the browser, where nonces are hidden from the page. */
const NonceContext = createContext("");

export const NonceProvider = NonceContext.Provider;
export const useNonce = (): string => useContext(NonceContext);
