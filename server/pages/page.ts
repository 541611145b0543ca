import type { FastifyReply } from 'fastify';
import type { AppConfig } from '#contract/app-config.ts';

export type PageLocale = 'zh-CN' | 'en';

/** The language of a page: the operator's, or the first that the browser asks for and we have; else Chinese. */
export function pageLocale(configured: AppConfig['locale'], acceptLanguage = ''): PageLocale {
  if (configured !== 'auto') return configured;
  const known = acceptLanguage
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find((language) => language === 'zh' || language === 'en');
  return known === 'en' ? 'en' : 'zh-CN';
}

export interface PageParts {
  readonly locale: PageLocale;
  readonly title: string;
  /** HTML of our own making; what came from outside passes through `escapeHtml`. */
  readonly content: string;
  /** The app's path, with a slash at both ends. */
  readonly basePath: string;
  /** A file beneath `public/pages/` that the page runs. */
  readonly script?: string;
}

/** A page that works without the app: its style and script are files of the app's own origin, as the CSP asks. */
export function renderPage({ locale, title, content, basePath, script }: PageParts): string {
  const scriptTag = script === undefined ? '' : `<script defer src="${basePath}pages/${script}"></script>`;
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${basePath}pages/page.css">
${scriptTag}
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${content}
</main>
</body>
</html>
`;
}

export function sendPage(reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply.code(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(page);
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
