// Serves the built site on a free port of this machine, as a plain static host would, with faults on demand.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The built site. */
export const DIST = fileURLToPath(new URL("../../dist", import.meta.url));

/** The policy that the page must run under; a host may send it as a header, and then it may be embedded anywhere. */
export const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; " +
  "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".ts": "text/plain; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

/**
 * Starts a server.
 *
 * @param {object} [options]
 * @param {string} [options.base]  the path under which the site lives, "/" or like "/a/b/"
 * @param {boolean} [options.policy]  send the strict policy as a header too
 * @param {boolean} [options.cors]  send Access-Control-Allow-Origin (a static host must, for sandboxed frames)
 * @param {Record<string, string>} [options.pages]  extra pages by path, for hosts that embed the lab
 * @param {(name: string, response: import("node:http").ServerResponse) => boolean | Promise<boolean>} [options.fault]
 *   called for every file of the site; returns true if it has answered in the file's place
 * @returns {Promise<{url: string, close: () => Promise<void>}>}  `url` ends with the base path
 */
export async function serve({ base = "/", policy = false, cors = true, pages = {}, fault } = {}) {
  // Addresses of 60,000 letters are among the tests.
  const server = createServer({ maxHeaderSize: 1 << 18 }, async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (policy) response.setHeader("Content-Security-Policy", POLICY);
    if (cors) response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
    if (Object.hasOwn(pages, pathname)) {
      response.setHeader("Content-Type", TYPES[".html"]);
      return response.end(pages[pathname]);
    }
    const name = pathname === base ? "index.html" : pathname.slice(base.length);
    const file = path.join(DIST, path.normalize(decodeURIComponent(name)));
    const found = pathname.startsWith(base) && file.startsWith(DIST + path.sep) && (await stat(file).catch(() => null));
    if (!found || !found.isFile()) {
      response.statusCode = 404;
      return response.end("not found");
    }
    response.setHeader("Content-Type", TYPES[path.extname(file)] ?? "application/octet-stream");
    if (fault && (await fault(name, response))) return;
    response.setHeader("Content-Length", found.size);
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * The same server under another name. To a browser that is another origin, as an embedding site is.
 *
 * @param {string} url
 */
export function otherOrigin(url) {
  return url.replace("//127.0.0.1:", "//localhost:");
}
