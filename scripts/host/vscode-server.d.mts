/** The folder of a VS Code server; `out/server-main.js` in it starts with Node 24. Throws with a sentence. */
export function provideVscodeServer(signal?: AbortSignal): Promise<string>;
