// Bundles the sources into ../ui/static/ui/build, from where Django serves them.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "../ui/static/ui/build");

/** Paper is light, however dark the screen is: the dark colours are for screens alone. */
const darkOnScreensOnly = {
  name: "dark-on-screens-only",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const css = await readFile(path, "utf8");
      const contents = css.replace(/@media\s*\(prefers-color-scheme:\s*dark\)/g, "@media screen and (prefers-color-scheme: dark)");
      return { contents, loader: "css" };
    });
  },
};

const options = {
  absWorkingDir: here,
  entryPoints: [
    { in: "js/index.js", out: "samtale" },
    { in: "css/index.css", out: "samtale" },
    // Only the recruitment calendar loads these.
    { in: "js/calendar/index.js", out: "calendar" },
    { in: "css/calendar/index.css", out: "calendar" },
  ],
  entryNames: "[name]",
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022"],
  // Stable names: Django's static storage adds the content's hash.
  assetNames: "[name]",
  loader: { ".woff2": "file" },
  legalComments: "none",
  plugins: [darkOnScreensOnly],
  logLevel: "warning",
};

/** One sprite of the icons that ui/icons.json names; `{% icon %}` refers to its symbols. */
async function writeSprite() {
  const names = JSON.parse(await readFile(join(here, "../ui/icons.json"), "utf8"));
  const symbols = await Promise.all(
    Object.entries(names).map(async ([name, source]) => {
      const file = join(here, "node_modules/@navikt/aksel-icons/dist/svg", `${source}.svg`);
      const svg = await readFile(file, "utf8");
      const shapes = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
      return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replace(/\s*\n\s*/g, "")}</symbol>`;
    }),
  );
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`;
  await writeFile(join(out, "icons.svg"), sprite);
}

/** The licences of what is bundled must travel with it. */
async function writeLicences() {
  const { packages } = JSON.parse(await readFile(join(here, "package-lock.json"), "utf8"));
  const bundled = Object.keys(packages).filter((path) => path && !packages[path].dev && !packages[path].devOptional);
  const texts = await Promise.all(bundled.map((path) => licenceOf(join(here, path))));
  await writeFile(join(out, "licences.txt"), texts.join(`\n${"-".repeat(78)}\n\n`));
}

async function licenceOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const files = (await readdir(folder)).filter((file) => /^licen[cs]e/i.test(file));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  return [`${name} ${version} (${license})`, ...texts.map((text) => text.trim())].join("\n\n") + "\n";
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await Promise.all([writeSprite(), writeLicences()]);
if (process.argv.includes("--watch")) {
  await (await esbuild.context(options)).watch();
} else {
  await esbuild.build(options);
}
