/** Sent with every page of the sandbox. */
export const PAGE_CSP = "default-src 'none'";
