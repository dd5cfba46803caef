import assert from 'node:assert/strict';
import type { SandboxProcess } from './sandbox-process.ts';

/** The dashboard of a sandbox as a browser without a screen meets it: let in by the printed address, cookie kept. */
export class Dashboard {
  readonly origin: string;
  readonly cookie: string;

  private constructor(origin: string, cookie: string) {
    this.origin = origin;
    this.cookie = cookie;
  }

  static async open({ line }: SandboxProcess): Promise<Dashboard> {
    const response = await fetch(line.dashboard);
    assert.equal(response.status, 200);
    const [cookie = ''] = (response.headers.get('set-cookie') ?? '').split(';');
    return new Dashboard(new URL(line.dashboard).origin, cookie);
  }

  async get(path = '', headers: Readonly<Record<string, string>> = {}): Promise<string> {
    const response = await fetch(`${this.origin}/dashboard${path}`, { headers: { cookie: this.cookie, ...headers } });
    assert.equal(response.status, 200);
    return response.text();
  }

  /** Sends a form, as one of its own pages would unless `headers` say otherwise; a redirect is not followed. */
  async post(
    path: string,
    fields: Readonly<Record<string, string>> = {},
    headers: Readonly<Record<string, string>> = { cookie: this.cookie, origin: this.origin },
  ): Promise<{ status: number; location: string | null; text: string }> {
    const response = await fetch(`${this.origin}/dashboard${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers,
      redirect: 'manual',
    });
    return { status: response.status, location: response.headers.get('location'), text: await response.text() };
  }
}
