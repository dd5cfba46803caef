/** The way from a page to its extension. */
export interface Host<Message> {
  readonly send: (message: Message) => void;
}

declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

/** Takes the one door VS Code gives a page; a second call throws. */
export function openHost<Message>(): Host<Message> {
  const api = acquireVsCodeApi();
  return { send: (message) => api.postMessage(message) };
}
