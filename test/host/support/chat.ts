import type { VscodeWindow } from './window.ts';

/** What `workbench.action.chat.open` answers: a finished turn, or what it waits for a person to do. */
export interface ChatTurn {
  type?: 'confirmation';
  kind?: 'toolInvocation' | 'questionCarousel' | 'elicitation';
  toolId?: string;
  metadata?: { toolCallRounds?: unknown[]; toolCallResults?: Record<string, unknown>; agentId?: string };
  errorDetails?: { message: string };
}

/**
 * Sends a prompt in agent mode to the scripted model (`USETOOL <end of a tool's name> {json}` calls a tool) and waits
 * until the turn ends or needs a person.
 */
export async function askAgent(window: VscodeWindow, query: string): Promise<ChatTurn> {
  await window.bridge.evaluate((api) => api.extensions.getExtension('GitHub.copilot-chat')?.activate());
  return window.bridge.command<ChatTurn>('workbench.action.chat.open', {
    query,
    mode: 'agent',
    modelSelector: { vendor: 'fakelm', id: 'fake-1' },
    blockOnResponse: true,
  });
}

/** Where the chat shows the last answer. */
export const LAST_ANSWER = '.interactive-item-container.interactive-response >> nth=-1';
