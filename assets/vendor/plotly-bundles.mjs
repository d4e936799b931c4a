// How the plotly-*.min.js beside this file are made: scatter, bar, pie and heatmap on every page, the other traces as
// parts that add themselves to them. A part holds only what the first bundle does not have and takes the rest from it,
// so a page with a tree map pays for the tree map alone, and graphs drawn before stay as they are.
//
// In an empty folder with this file, and then its plotly-*.min.js beside it:
//
//     npm install plotly.js@4.1.1 esbuild@0.28.2
//     node plotly-bundles.mjs
//
// The application names trace types and bundles in c360_dash/bundles.py; plotly.LICENSE.txt is the licence of all.
import { build } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";

const BASE = ["bar", "pie", "heatmap"]; // scatter is in the core
const PARTS = { indicator: ["indicator"], treemap: ["treemap"], scatter3d: ["scatter3d"] };

const root = path.dirname(createRequire(import.meta.url).resolve("plotly.js/package.json"));
const { version } = JSON.parse(readFileSync(path.join(root, "package.json")));
const nameOf = (file) => path.relative(root, file).replaceAll(path.sep, "/").replaceAll("../", "");

const options = {
    bundle: true, minify: true, format: "iife", target: "es2019", legalComments: "none", write: false, metafile: true,
    alias: { regl: "@plotly/regl", stream: "stream-browserify" },
    loader: { ".css": "empty" }, // of maps
    define: { global: "window", "define.amd": "false", "process.env.NODE_DEBUG": "false" },
};

const pack = (lines, plugins = []) =>
    build({ ...options, plugins: [...plugins, withoutDescriptions], stdin: { contents: lines.join("\n"), resolveDir: root } });
const registered = (traces) => `.register([${traces.map((trace) => `require("./lib/${trace}")`).join(", ")}]);`;
const filesOf = (result) =>
    Object.keys(result.metafile.inputs).map((file) => path.resolve(file)).filter((file) => file !== path.resolve("<stdin>"));

// Descriptions in the attributes are for the reference manual.
const STRING = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/.source;
const JOINED = `\\[\\s*(?:(?:${STRING})\\s*[,+]?\\s*)*\\]\\.join\\((?:${STRING})\\)`;
const DESCRIPTION = new RegExp(`^ *description: (?:${STRING}|${JOINED}),?$`, "gm");
const withoutDescriptions = {
    name: "without-descriptions",
    setup(hooks) {
        hooks.onLoad({ filter: /plotly\.js\/src\/.*\.js$/ }, ({ path: file }) => ({
            contents: readFileSync(file, "utf-8").replace(DESCRIPTION, ""),
        }));
        // Words in three dimensions are measured by reading pixels, which browsers want to be told.
        hooks.onLoad({ filter: /stackgl_modules\/index\.js$/ }, ({ path: file }) => ({
            contents: readFileSync(file, "utf-8").replace(
                'defaultCanvas.getContext("2d")',
                'defaultCanvas.getContext("2d", { willReadFrequently: true })',
            ),
        }));
    },
};

// In a part, the files that the first bundle holds come from there.
function fromBase(held, taken) {
    return {
        name: "from-base",
        setup(hooks) {
            hooks.onLoad({ filter: /\.js$/ }, ({ path: file }) => {
                if (!held.has(file)) {
                    return undefined;
                }
                taken.add(file);
                return { contents: `module.exports = window.Plotly.c360(${JSON.stringify(nameOf(file))});` };
            });
        },
    };
}

function write(name, traces, result) {
    const head = `/*! plotly.js v${version} (${traces.join(", ")}) | Copyright 2012-2026, Plotly, Inc. | MIT */\n`;
    const text = head + result.outputFiles[0].text;
    writeFileSync(`plotly-${name}.min.js`, text);
    writeFileSync(`plotly-${name}.min.js.br`, brotliCompressSync(text)); // quality 11, too slow for a server that starts
}

const start = 'var Plotly = require("./lib/core");';
const held = new Set(filesOf(await pack([start, `Plotly${registered(BASE)}`])));
const taken = new Set();
for (const [name, traces] of Object.entries(PARTS)) {
    write(name, traces, await pack([`window.Plotly${registered(traces)}`], [fromBase(held, taken)]));
}
const offered = [...taken].sort().map((file) => `${JSON.stringify(nameOf(file))}: () => require(${JSON.stringify(file)}),`);
const end = [`Plotly${registered(BASE)}`, `var held = {${offered.join("\n")}};`, "Plotly.c360 = (name) => held[name]();"];
write("base", ["scatter", ...BASE], await pack([start, ...end, "window.Plotly = Plotly;"]));
