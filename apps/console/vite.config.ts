/** Builds the console; in development it serves it and passes the API's paths on to a running server (`SWITCHBOARD_URL`). */
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compression, defineAlgorithm } from "vite-plugin-compression2";

const target = process.env["SWITCHBOARD_URL"] ?? "http://127.0.0.1:3000";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    react(),
    tailwindcss(),
    // The server hands out what is compressed here, so that no request waits for it.
    compression({
      include: /\.(js|css|html|svg)$/,
      threshold: 1_024,
      algorithms: [defineAlgorithm("brotliCompress"), defineAlgorithm("gzip")],
    }),
  ],
  // Nothing inlined as data: the page's policy names 'self' alone.
  build: { outDir: "dist", emptyOutDir: true, assetsInlineLimit: 0, target: "es2022" },
  server: { proxy: { "/trpc": { target, ws: true }, "/api": { target } } },
});
