/** Script and style of the page as built into dist/webview; both are put into the page itself. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

export interface PageFrame {
  readonly lang: 'en' | 'zh-CN';
  readonly title: string;
  /** Said until the script draws the request. */
  readonly blank: string;
  /** Random, for one panel. */
  readonly nonce: string;
}

/**
 * The document of the approval: it holds nothing of any request, which comes by message, and may load, fetch, post and
 * embed nothing (`default-src 'none'`).
 */
export function pageHtml({ lang, title, blank, nonce }: PageFrame, assets: PageAssets): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style nonce="${nonce}">${inElement(assets.style, 'style')}</style>
</head>
<body>
<p id="blank">${escaped(blank)}</p>
<script nonce="${nonce}">${inElement(assets.script, 'script')}</script>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Text that does not end the element it stands in. */
function inElement(text: string, element: 'script' | 'style'): string {
  return text.replace(new RegExp(`</(?=${element})`, 'gi'), '<\\/');
}
