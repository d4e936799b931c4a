/* What happens in the browser alone: the theme, the charts' colours, the address of the filters, the menu. */
"use strict";

(function () {
    const root = document.documentElement;
    const darkPreferred = window.matchMedia("(prefers-color-scheme: dark)");
    let plotly;

    // ------------------------------------------------------------------------------------------------------ theme

    function remembered() {
        try {
            return localStorage.getItem("c360-theme");
        } catch {
            return null; // Storage is forbidden: the theme lasts as long as the page.
        }
    }

    function remember(theme) {
        try {
            localStorage.setItem("c360-theme", theme);
        } catch {
            /* As above. */
        }
    }

    function applyTheme(theme) {
        const changed = root.dataset.bsTheme !== theme;
        root.dataset.bsTheme = theme;
        const other = theme === "dark" ? "light" : "dark";
        document.querySelectorAll(".c360-theme").forEach((button) => {
            button.setAttribute("aria-label", `Switch to ${other} colours`);
            button.title = `Switch to ${other} colours`;
        });
        if (changed) {
            recolour();
        }
    }

    const preferred = () => remembered() || (darkPreferred.matches ? "dark" : "light");
    applyTheme(preferred());
    darkPreferred.addEventListener("change", () => applyTheme(preferred()));

    // ------------------------------------------------------------------------------------------------------ login

    // Whoever's session has ended finds out with the next answer, and comes back to the same page after the login.
    const plainFetch = window.fetch;
    window.fetch = async (...asked) => {
        const found = carried(asked[0]);
        if (found) {
            return found;
        }
        const response = await plainFetch.apply(window, asked);
        const here = new URL(response.url || location.href).origin === location.origin;
        if (response.status === 401 && here) {
            location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
        }
        return response;
    };

    // What Dash asks for first came with the document (opening.py); asked again, the server answers.
    function carried(address) {
        const place = document.querySelector(`[data-c360-carried="${String(address).split("/").at(-1)}"]`);
        place?.remove();
        return place && new Response(place.textContent, { headers: { "Content-Type": "application/json" } });
    }

    // ----------------------------------------------------------------------------------------------------- charts

    const templates = {};
    const template = () => (templates[root.dataset.bsTheme] ??= newTemplate());

    function newTemplate() {
        const style = getComputedStyle(root);
        const token = (name) => style.getPropertyValue(`--c360-${name}`).trim();
        const colours = token("scale").split(",").map((colour) => colour.trim());
        const scale = colours.map((colour, place) => [place / (colours.length - 1), colour]);
        const direction = {
            gridcolor: token("grid"), linecolor: token("line"), zerolinecolor: token("grid"),
            tickfont: { color: token("muted") }, title: { font: { color: token("muted"), size: 12 } },
        };
        const axis = {
            gridcolor: token("grid"), linecolor: token("line"), zerolinecolor: token("line"),
            tickfont: { color: token("muted") }, automargin: true, zeroline: false,
            ticklabeloverflow: "allow", // Hiding what sticks out means measuring each label.
            title: { standoff: 10, font: { color: token("muted") } },
        };
        return {
            layout: {
                font: { family: token("font"), size: 12, color: token("text") },
                paper_bgcolor: "rgba(0,0,0,0)",
                plot_bgcolor: "rgba(0,0,0,0)",
                colorway: ["blue", "amber", "teal", "crimson", "grey"].map(token),
                colorscale: { sequential: scale },
                xaxis: axis,
                yaxis: axis,
                scene: { xaxis: direction, yaxis: direction, zaxis: direction },
                hoverlabel: {
                    bgcolor: token("raised"), bordercolor: token("control"),
                    font: { family: token("font"), size: 13, color: token("text") }, align: "left",
                },
                modebar: { bgcolor: "rgba(0,0,0,0)", color: token("control"), activecolor: token("accent") },
                legend: { font: { color: token("muted") } },
            },
            data: {
                pie: [{ marker: { line: { color: token("surface"), width: 2 } } }],
                bar: [{ marker: { line: { width: 0 } } }],
                scatter3d: [{ marker: { colorscale: scale, line: { color: token("surface"), width: 1 } } }],
                treemap: [{ marker: { colorscale: scale, line: { color: token("surface"), width: 1 } } }],
                indicator: [{
                    gauge: {
                        bgcolor: token("grid"), borderwidth: 0, bar: { color: token("accent") },
                        axis: { tickcolor: token("line"), tickfont: { color: token("muted") } },
                    },
                }],
            },
        };
    }

    const themed = (figure) => ({ ...figure, layout: { ...withRoom(figure), template: template() } });

    // Room for what the axes say, measured before: Plotly would find it by drawing two or three times.
    const LINE = 16;
    const ruler = document.createElement("canvas").getContext("2d");

    function withRoom({ data, layout }) {
        const axes = Object.keys(layout).filter((name) => /^[xy]axis/.test(name) && layout[name].visible !== false);
        if (!axes.length || !layout.margin) {
            return layout;
        }
        ruler.font = `12px ${getComputedStyle(root).getPropertyValue("--c360-font")}`;
        const needs = (side) => axes.filter((name) => name[0] === side).map((name) => needOf(layout[name], name[0], data));
        const [across, along] = [needs("x"), needs("y")];
        const { l, r, b } = layout.margin;
        const margin = {
            ...layout.margin,
            l: l + Math.max(0, ...along.map((need) => need.width + need.title)),
            b: b + Math.max(0, ...across.map((need) => need.height + need.title)),
            r: Math.max(r, ...across.map((need) => need.width / 2)),
        };
        const still = Object.fromEntries(axes.map((name) => [name, { ...layout[name], automargin: false }]));
        return { ...layout, ...still, margin };
    }

    function needOf(axis, side, data) {
        const shown = axis.showticklabels === false ? [] : labelsOf(axis, side, data);
        const labels = shown.map((label) => String(label).split(/<br>|\n/));
        const wide = Math.max(0, ...labels.flat().map((line) => ruler.measureText(line).width));
        const high = Math.max(0, ...labels.map((lines) => lines.length)) * LINE;
        const gap = labels.length ? 4 + (axis.ticklabelstandoff || 0) : 0;
        return { width: wide && wide + gap, height: high && high + gap, title: axis.title?.text ? LINE + 10 : 0 };
    }

    const labelsOf = (axis, side, data) =>
        axis.ticktext || (axis.type === "date" ? ["Mmm\n2000"] : [...new Set(data.flatMap((trace) => trace[side] || []))]);

    // Names of months on axes and in hover boxes are those of the locale of the deployment.
    function speakOurMonths() {
        const format = { shortMonths: root.dataset.months.split(" ") };
        plotly.register({ moduleType: "locale", name: "c360", dictionary: {}, format });
        plotly.setPlotConfig({ locale: "c360" });
    }

    // What draws the charts: a first bundle, and for the rarer traces parts that add themselves to it once a figure
    // needs them (assets/vendor/plotly-bundles.mjs). Where each lies stands in the page (bundles.py); the pages before
    // the login draw nothing and name none.
    const { base, parts } = JSON.parse(root.dataset.plotly || "{}");
    const scripts = {};

    function script(address) {
        scripts[address] ??= new Promise((loaded, failed) => {
            const element = document.createElement("script");
            element.src = address;
            element.onload = () => loaded(plotly);
            element.onerror = () => {
                delete scripts[address];
                failed(new Error(`${address} did not load`));
            };
            document.head.append(element);
        });
        return scripts[address];
    }

    const neededFor = (figure) => [...new Set((figure.data || []).map((trace) => parts[trace.type]).filter(Boolean))];

    // Figures come without a template; each gets today's colours at the moment it is drawn.
    function drawInOurColours() {
        const react = plotly.react;
        plotly.react = async (place, figure, ...more) => {
            if (Array.isArray(figure)) {
                return react(place, figure, ...more);
            }
            await turnOf(place);
            if (!place.isConnected) {
                return place;
            }
            const needed = neededFor(figure);
            if (needed.length) {
                await Promise.all(needed.map(script));
            }
            const drawn = react(place, themed(canDraw(figure) ? figure : inWords(place)), ...more);
            if (!inked.has(place)) {
                inked.add(place);
                place.on("plotly_afterplot", () => inkCells(place));
            }
            drawn.then(() => listenToMarks(place));
            return drawn;
        };
    }

    // Dash lets a chart find its size anew as soon as it is drawn. In a place of the same size that would draw it twice,
    // and take the point away from beneath whoever is about to click on it.
    function drawOnceInItsSize() {
        const resize = plotly.Plots.resize;
        plotly.Plots.resize = (place) => (fits(place) ? Promise.resolve(place) : resize(place));
    }

    function fits(place) {
        const drawn = place._fullLayout;
        return !drawn || (Math.abs(drawn.width - place.clientWidth) < 1 && Math.abs(drawn.height - place.clientHeight) < 1);
    }

    // Charts that nobody sees yet wait until the browser has nothing else to do, or they come near.
    const waiting = new Map();
    const whenIdle = window.requestIdleCallback || ((then) => setTimeout(then, 200)); // Safari has no such thing.
    const coming = new IntersectionObserver(
        (changes) => changes.filter((change) => change.isIntersecting).forEach((change) => draw(change.target)),
        { rootMargin: "50%" },
    );

    function turnOf(place) {
        const { top, bottom } = place.getBoundingClientRect();
        if (!waiting.has(place) && top < innerHeight && bottom > 0) {
            return undefined;
        }
        if (!waiting.has(place)) {
            const turn = {};
            turn.comes = new Promise((come) => (turn.come = come));
            waiting.set(place, turn);
            coming.observe(place);
            whenIdle(() => draw(place), { timeout: 5_000 });
        }
        return waiting.get(place).comes;
    }

    function draw(place) {
        coming.unobserve(place);
        waiting.get(place)?.come();
        waiting.delete(place);
    }

    const canDraw = (figure) => !figure.data?.some((trace) => trace.type === "scatter3d") || hasWebGL();

    let webGL;
    function hasWebGL() {
        webGL ??= Boolean(document.createElement("canvas").getContext("webgl"));
        return webGL;
    }

    // The table says the same.
    function inWords(place) {
        const table = place.closest(".c360-body")?.querySelector(".c360-more details");
        if (table) {
            table.open = true;
        }
        const text = "This browser cannot draw in three dimensions (no WebGL).<br>The table below says the same.";
        const hidden = { visible: false };
        const words = { text, showarrow: false, xref: "paper", yref: "paper", x: 0.5, y: 0.5 };
        return { data: [], layout: { annotations: [words], xaxis: hidden, yaxis: hidden } };
    }

    // Plotly writes white or its own grey into the cells of heat maps and tree maps; neither can be read on the middle of
    // the scale.
    const inked = new WeakSet();
    function inkCells(place) {
        place.querySelectorAll(".hm").forEach((map) => {
            const { colorscale, zmin, zmax } = map.__data__[0].trace;
            map.querySelectorAll(".heatmap-label text").forEach((words) => {
                words.style.fill = inkOn(colourAt(colorscale, (words.__data__.z - zmin) / (zmax - zmin || 1)));
            });
        });
        place.querySelectorAll(".treemap .slice").forEach((slice) => {
            const colour = slice.querySelector("path.surface").style.fill.match(/\d+/g)?.map(Number);
            slice.querySelectorAll(".slicetext").forEach((words) => {
                words.style.fill = colour && inkOn(colour);
            });
        });
    }

    function colourAt(scale, wanted) {
        const share = Math.min(1, Math.max(0, wanted));
        const next = Math.max(1, scale.findIndex(([place]) => place >= share));
        const [[from, low], [to, high]] = [scale[next - 1], scale[next]];
        const part = (share - from) / (to - from);
        return channels(low).map((value, place) => value + part * (channels(high)[place] - value));
    }

    const channels = (hex) => [1, 3, 5].map((place) => parseInt(hex.slice(place, place + 2), 16));

    // Black reads better than white above this luminance, and either has a contrast of 4.5 there (WCAG 2.1, 1.4.3).
    function inkOn(colour) {
        const [red, green, blue] = colour.map((value) => {
            const part = value / 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        return getComputedStyle(root).getPropertyValue(luminance > 0.179 ? "--c360-on-pale" : "--c360-on-deep");
    }

    // The address of the customers behind a point: the server put it into `meta` of the trace, in the shape of its points.
    function addressOf(point) {
        return [point.pointNumber].flat().reduce((found, place) => found?.[place], point.data.meta);
    }

    function followMark({ points, event }) {
        const address = points.map(addressOf).find(Boolean);
        if (address && (event?.ctrlKey || event?.metaKey)) {
            window.open(address);
        } else if (address) {
            go(address);
        }
    }

    // Plotly forgets its listeners with the drawing, and keeps them when it draws into the same place again.
    const listening = new WeakMap();
    function listenToMarks(place) {
        if (listening.get(place) === place._ev) {
            return;
        }
        listening.set(place, place._ev);
        place.on("plotly_click", followMark);
        place.on("plotly_hover", ({ points }) => place.classList.toggle("c360-points", points.some(addressOf)));
        place.on("plotly_unhover", () => place.classList.remove("c360-points"));
    }

    function recolour() {
        if (plotly) {
            document.querySelectorAll(".js-plotly-plot").forEach((place) => {
                plotly.relayout(place, { template: template() });
            });
        }
    }

    // Dash waits for what stands here before it draws, and would otherwise load all of plotly.js a second time.
    Object.defineProperty(window, "Plotly", {
        configurable: true,
        get: () => plotly || script(base),
        set: (loaded) => {
            plotly = loaded;
            speakOurMonths();
            drawInOurColours();
            drawOnceInItsSize();
        },
    });

    // The first bundle comes after what Dash starts with, and is read as soon as there are cards. (A preload would
    // complain on pages that draw nothing.)
    if (base) {
        fetch(base, { priority: "low" }).then((answer) => answer.blob()).catch(() => {});
    }
    new MutationObserver((_, observer) => {
        if (document.querySelector(".c360-grid .c360-body")) {
            observer.disconnect();
            script(base);
        }
    }).observe(root, { subtree: true, childList: true });

    // ----------------------------------------------------------------------------------------------------- tables

    function buildTable(place) {
        const { columns, rows, links, sort, anchors } = JSON.parse(place.dataset.c360Table);
        const table = document.createElement("table");
        table.className = "c360-table";
        const row = (parent, kind, values) => {
            const line = parent.insertRow();
            values.forEach((value, position) => {
                const cell = line.appendChild(document.createElement(kind));
                cell.textContent = value;
                cell.className = columns[position][1] ? "c360-right" : "";
                if (kind === "th") {
                    cell.scope = "col";
                }
            });
        };
        row(table.createTHead(), "th", columns.map(([label]) => label));
        const body = table.createTBody();
        rows.forEach((values) => row(body, "td", values));
        links?.forEach((address, position) => address && linkFirst(body.rows[position], address));
        if (sort) {
            [...table.tHead.rows[0].cells].forEach((cell, position) => sortable(cell, sort.by[position], sort.now));
        }
        place.replaceChildren(table);
        keepFocus(table);
        anchors?.forEach((anchor, position) => anchorRow(body.rows[position], anchor));
        if (anchors?.length) {
            showAnchor();
        }
    }

    function linkFirst(line, address) {
        const link = document.createElement("a");
        link.href = address;
        link.title = line.cells[0].textContent; // which may be cut
        link.append(...line.cells[0].childNodes);
        line.cells[0].append(link);
    }

    // The heading of a column that the server can sort by; `now` is the column, with a minus from high to low.
    function sortable(cell, name, now) {
        const down = now === `-${name}`;
        const button = document.createElement("button");
        button.type = "button";
        button.dataset.c360Ask = JSON.stringify({ sort: down || (now !== name && !cell.className) ? name : `-${name}` });
        button.append(...cell.childNodes);
        cell.append(button);
        if (down || now === name) {
            cell.setAttribute("aria-sort", down ? "descending" : "ascending");
        }
    }

    // The first cell becomes a link to its row; narrow screens show the headings inside the row (app.css).
    function anchorRow(line, anchor) {
        line.id = anchor;
        const link = document.createElement("a");
        link.href = `#${anchor}`;
        link.append(...line.cells[0].childNodes);
        line.cells[0].append(link);
        const headings = line.closest("table").tHead.rows[0].cells;
        [...line.cells].forEach((cell, position) => {
            cell.dataset.heading = headings[position].textContent;
        });
    }

    // Rows are there later than the address that names one of them.
    function showAnchor() {
        const shown = document.getElementById(decodeURIComponent(location.hash.slice(1)));
        document.querySelectorAll(".c360-here").forEach((line) => line.classList.remove("c360-here"));
        if (shown?.closest(".c360-words")) {
            shown.classList.toggle("c360-here", shown.matches("tr"));
            shown.scrollIntoView({ block: shown.matches("tr") ? "center" : "start" });
        }
    }

    window.addEventListener("hashchange", showAnchor);

    // A folded table is built when it is opened.
    function buildTables(within) {
        const places = [within, ...within.querySelectorAll("[data-c360-table]")];
        places
            .filter((place) => place.dataset.c360Table && !place.closest("details:not([open])"))
            .forEach(buildTable);
    }

    new MutationObserver((changes) => {
        changes
            .flatMap((change) => (change.type === "attributes" ? [change.target] : [...change.addedNodes]))
            .filter((node) => node instanceof HTMLElement)
            .forEach((node) => {
                buildTables(node);
                nameDropdowns(node);
                untangleChoices(node);
            });
    }).observe(root, { subtree: true, childList: true, attributeFilter: ["data-c360-table", "aria-selected"] });

    document.addEventListener("toggle", (event) => buildTables(event.target), true);

    // ----------------------------------------------------------------------- what Dash's controls say to those who hear

    // A dropdown says what is chosen, not what for; and the keyboard reaches it through a field that nobody can see.
    function nameDropdowns(within) {
        within.querySelectorAll(".dash-dropdown-focus-target:enabled").forEach((unseen) => {
            const button = unseen.nextElementSibling;
            const label = unseen.closest("div:has(> label)")?.querySelector("label");
            unseen.disabled = true;
            button.tabIndex = 0;
            if (label) {
                label.id = `${button.id}-label`;
                button.setAttribute("aria-labelledby", `${label.id} ${button.getAttribute("aria-labelledby")}`);
            }
        });
    }

    // Checkboxes are checkboxes, not options of a list that hold checkboxes.
    function untangleChoices(within) {
        const inside = within.closest(".dash-options-list");
        [...(inside ? [inside] : within.querySelectorAll(".dash-options-list"))].forEach((list) => {
            list.setAttribute("role", "group");
            list.setAttribute("aria-label", list.matches(".c360-choices") ? "Columns" : "Choices");
            list.closest("[role=dialog]")?.setAttribute("aria-label", "Choices");
            list.querySelectorAll("[role=option], [aria-selected]").forEach((option) => {
                option.removeAttribute("role");
                option.removeAttribute("aria-selected");
            });
        });
    }

    // ---------------------------------------------------------------------------------------------------- filters

    function chosenInAddress() {
        const query = new URLSearchParams(location.search);
        return (name) => query.getAll(name);
    }

    const namesOf = (kind) => document.getElementById("shell-navigation").dataset[kind].split(",");

    // Dropdowns → address and the list of what is chosen. Other parts of the address stay as they are.
    function chooseFilters(values, ids) {
        const query = new URLSearchParams(location.search);
        const chosen = {};
        ids.forEach((id, place) => {
            const picked = [values[place] ?? []].flat();
            if (String([...picked].sort()) !== String(query.getAll(id.filter).sort())) {
                query.delete(id.filter);
                picked.forEach((value) => query.append(id.filter, value));
            }
            if (picked.length) {
                chosen[id.filter] = picked;
            }
        });
        keepDatesInOrder(query, chosen);
        const search = () => (query.size ? `?${query}` : "");
        if (search() !== location.search && String(query) !== String(new URLSearchParams(location.search))) {
            query.delete("page");
            history.pushState(history.state, "", location.pathname + search() + location.hash);
        }
        showClear();
        return chosen;
    }

    // Of two months that contradict each other the one that was just chosen stays.
    function keepDatesInOrder(query, chosen) {
        const changed = window.dash_clientside.callback_context.triggered.map((change) => change.prop_id).join();
        const other = changed.includes('"date_from"') ? "date_to" : changed.includes('"date_to"') ? "date_from" : "";
        if (other && chosen.date_from?.[0] > chosen.date_to?.[0]) {
            query.delete(other);
            delete chosen[other];
            window.dash_clientside.set_props({ filter: other }, { value: null });
        }
    }

    // The cards are asked anew when the filters are others than those that they show: of the page, when it came with its
    // cards filled, else what was asked last.
    let opened;
    let shown;
    function askCards(chosen, [page]) {
        if (!page) {
            return window.dash_clientside.no_update;
        }
        if (page.opened !== opened) {
            opened = page.opened;
            shown = page.chosen && inOrder(page.chosen);
        }
        const wanted = inOrder(chosen || {});
        if (wanted === shown) {
            return window.dash_clientside.no_update;
        }
        shown = wanted;
        return chosen || {};
    }

    const inOrder = (chosen) => JSON.stringify(Object.keys(chosen).sort().map((name) => [name, [...chosen[name]].sort()]));

    // The button that clears is there when there is something to clear.
    function showClear() {
        const query = new URLSearchParams(location.search);
        document.querySelectorAll(".c360-clear").forEach((button) => {
            button.hidden = ![...namesOf("filters"), ...namesOf("conditions")].some((name) => query.has(name));
        });
    }

    document.addEventListener("click", (event) => {
        if (event.target.closest(".c360-clear")) {
            ask(Object.fromEntries([...namesOf("filters"), ...namesOf("conditions")].map((name) => [name, ""])));
            showFilters();
            showAsked();
        }
    });

    // Address → dropdowns.
    function showFilters() {
        const chosen = chosenInAddress();
        document.querySelectorAll("[data-c360-filter]").forEach((place) => {
            const name = place.dataset.c360Filter;
            const value = name.startsWith("date_") ? (chosen(name)[0] ?? null) : chosen(name);
            window.dash_clientside.set_props({ filter: name }, { value });
        });
        showClear();
    }

    // The dropdown of earlier builds → address and store.
    function chooseBuild(value, compared) {
        const named = new URLSearchParams(location.search).get("since");
        if ((named || "") !== (value || "")) {
            ask({ since: value });
        }
        return (value || null) === (compared || null) ? window.dash_clientside.no_update : value || null;
    }

    // Back and forward → dropdowns.
    window.addEventListener("popstate", () => {
        changedByHand.clear();
        const chosen = chosenInAddress();
        showFilters();
        document.querySelectorAll("[data-c360-since]").forEach((place) => {
            window.dash_clientside.set_props(place.dataset.c360Since, { value: chosen("since")[0] || null });
        });
        const search = document.getElementById("customers-search");
        if (search) {
            const columns = chosen("columns")[0] || document.getElementById("customers-choice").dataset.usual;
            window.dash_clientside.set_props("customers-search", { value: chosen("q")[0] || "" });
            window.dash_clientside.set_props("customers-columns", { value: columns.split(",") });
        }
        showAsked();
    });

    // ---------------------------------------------------------------------------- what a page asks, in its address

    // Changes parts of the address; without a page named it starts again at the first. Gives what it asks.
    function ask(changes, step = "pushState") {
        const query = new URLSearchParams(location.search);
        query.delete("page");
        Object.entries(changes).forEach(([name, value]) => (value ? query.set(name, value) : query.delete(name)));
        history[step](history.state, "", location.pathname + (query.size ? `?${query}` : "") + location.hash);
        showClear();
        return location.search;
    }

    // Address → the store from which the page asks the server.
    function showAsked() {
        const store = document.querySelector("[data-c360-asked]")?.dataset.c360Asked;
        if (store) {
            window.dash_clientside.set_props(store, { data: location.search });
        }
    }

    // The fields of the customers' list that somebody changed and that are not in the address yet. What Back brought into
    // a field is none of them: Back again may have come before the field tells.
    const changedByHand = new Set();
    document.addEventListener("input", (event) => {
        const field = event.target.closest("#customers-search, #customers-columns");
        if (field) {
            changedByHand.add(field.id);
        }
    });

    // A word that is written slowly is one step back, not one for each rest.
    function searchFor(words) {
        const before = new URLSearchParams(location.search).get("q") || "";
        if (before !== words) {
            const goesOn = before && words.startsWith(before);
            ask({ q: words }, goesOn ? "replaceState" : "pushState");
        }
    }

    // Search, columns and filters → address → store `customers-asked`. Only what was just changed goes into the address:
    // after Back the other fields still hold what they held on the page before.
    function askCustomers(words, columns) {
        const changed = window.dash_clientside.callback_context.triggered_id;
        if (!changedByHand.delete(changed)) {
            return location.search;
        }
        const asked = new URLSearchParams(location.search);
        const sorted = (names) => names.filter(Boolean).sort().join(",");
        const usual = document.getElementById("customers-choice").dataset.usual.split(",");
        const shown = asked.get("columns")?.split(",") || usual;
        if (changed === "customers-search") {
            searchFor((words || "").trim());
        } else if (changed === "customers-columns" && sorted(columns) !== sorted(shown)) {
            ask({ columns: sorted(columns) === sorted(usual) ? "" : columns.join(",") });
        }
        return location.search;
    }

    document.addEventListener("click", (event) => {
        const button = event.target.closest("[data-c360-ask]");
        if (button) {
            sortedHere = button.closest("th")?.cellIndex;
            ask(JSON.parse(button.dataset.c360Ask));
            showAsked();
        }
    });

    // The table is built anew: whoever sorts with the keyboard stays on the heading.
    let sortedHere;
    function keepFocus(table) {
        if (sortedHere !== undefined && document.activeElement === document.body) {
            table.tHead.rows[0].cells[sortedHere]?.querySelector("button")?.focus();
        }
        sortedHere = undefined;
    }

    // ------------------------------------------------------------------------------------------- from page to page

    // Opens a page of ours without loading the application again, and closes the drawer that would lie over it. A
    // customer remembers the list that led there.
    function go(address) {
        const list = location.pathname === "/customers" ? location.href : history.state?.list;
        document.querySelector(".c360-drawer[open]")?.close();
        history.pushState(address.includes("/customer/") ? { list } : {}, "", address);
        window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
        window.scrollTo(0, 0);
    }

    // Where a link leads: an address that says nothing of filters keeps those that are chosen.
    function addressWithFilters(link) {
        link.dataset.c360Href ??= link.getAttribute("href");
        const address = new URL(link.dataset.c360Href, location.href);
        if (link.matches(".c360-back") && history.state?.list) {
            return history.state.list;
        }
        if (!address.search) {
            const chosen = chosenInAddress();
            namesOf("filters").forEach((name) => {
                chosen(name).forEach((value) => address.searchParams.append(name, value));
            });
        }
        return address.href;
    }

    // Links of ours, before Dash sees them: it knows only the addresses that they were made with.
    document.addEventListener("click", (event) => {
        const ours = ".c360-nav a, .c360-brand, .c360-table a:not([href^='#']), a.c360-link";
        const link = event.target.closest(ours);
        const onThisPage = link?.hash && link.pathname === location.pathname;
        if (!link || onThisPage || link.origin !== location.origin) {
            return;
        }
        link.href = addressWithFilters(link);
        if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
            event.preventDefault();
            event.stopPropagation();
            go(link.href);
        }
    }, true);

    // -------------------------------------------------------------------------------------------------- downloads

    // A link to a file carries what its answer heeds of the address; also when it is copied or opened elsewhere.
    function carry(event) {
        const link = event.target.closest?.("a[data-c360-carries]");
        if (link) {
            const asked = new URLSearchParams(location.search);
            const address = new URL(link.href);
            link.dataset.c360Carries.split(",").forEach((name) => {
                address.searchParams.delete(name);
                asked.getAll(name).forEach((value) => address.searchParams.append(name, value));
            });
            link.href = address.pathname + address.search;
        }
    }

    ["click", "auxclick", "contextmenu"].forEach((kind) => document.addEventListener(kind, carry, true));

    // The lines of a text that fit into a width.
    function linesOf(pen, words, width) {
        return words.split(/\s+/).reduce((lines, word) => {
            const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
            return lines.length && pen.measureText(longer).width <= width ? lines.with(-1, longer) : [...lines, word];
        }, []);
    }

    // A chart as a picture in today's colours, with title and sentence above and the build beneath.
    async function drawPicture(card, { title, foot }) {
        const place = card.querySelector(".js-plotly-plot");
        const [width, height, margin, scale] = [Math.max(place.offsetWidth, 640), place.offsetHeight, 24, 2];
        const drawn = new Image();
        drawn.src = await plotly.toImage(place, { format: "png", width, height, scale });
        await drawn.decode();
        const token = (name) => getComputedStyle(root).getPropertyValue(`--c360-${name}`).trim();
        const canvas = document.createElement("canvas");
        const pen = canvas.getContext("2d");
        const write = (words, size, top, colour) => {
            pen.font = `${size} ${token("font")}`;
            pen.fillStyle = colour;
            pen.fillText(words, margin, top);
        };
        pen.font = `14px ${token("font")}`;
        const sentence = linesOf(pen, card.querySelector(".c360-summary")?.textContent || "", width);
        const top = 2 * margin + 20 + 20 * sentence.length;
        canvas.width = scale * (width + 2 * margin);
        canvas.height = scale * (top + height + 2 * margin);
        pen.scale(scale, scale);
        pen.fillStyle = token("surface");
        pen.fillRect(0, 0, canvas.width, canvas.height);
        write(title, "600 18px", margin + 16, token("text"));
        sentence.forEach((line, place) => write(line, "14px", margin + 42 + 20 * place, token("muted")));
        pen.drawImage(drawn, margin, top, width, height);
        write(foot, "12px", top + height + 1.2 * margin, token("muted"));
        return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    }

    document.addEventListener("click", async (event) => {
        const button = event.target.closest("[data-c360-picture]");
        if (button) {
            const asked = JSON.parse(button.dataset.c360Picture);
            const link = document.createElement("a");
            link.href = URL.createObjectURL(await drawPicture(button.closest(".c360-card"), asked));
            link.download = asked.file;
            link.click();
            setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
        }
    });

    // ----------------------------------------------------------------------------------------- navigation and menu

    function markCurrentPage(pathname) {
        document.querySelectorAll(".c360-nav a").forEach((link) => {
            const here = link.pathname === pathname;
            here ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
        });
        document.querySelector(".c360-menu")?.setAttribute("aria-expanded", "false");
        applyTheme(root.dataset.bsTheme);
        return pathname;
    }

    document.addEventListener("click", (event) => {
        if (event.target.closest(".c360-theme")) {
            const theme = root.dataset.bsTheme === "dark" ? "light" : "dark";
            remember(theme);
            applyTheme(theme);
        }
        const menu = event.target.closest(".c360-menu");
        menu?.setAttribute("aria-expanded", String(menu.getAttribute("aria-expanded") !== "true"));
    });

    document.addEventListener("keydown", (event) => {
        if (event.key === "Escape") {
            closeMenu();
        }
    });

    function closeMenu() {
        const menu = document.querySelector(".c360-menu[aria-expanded=true]");
        menu?.setAttribute("aria-expanded", "false");
        menu?.focus();
    }

    // --------------------------------------------------------------------------------------- drawer of definitions

    // As a modal dialog the browser itself keeps the focus inside, closes it with Escape and gives the focus back.
    let asked = 0;
    document.addEventListener("click", (event) => {
        const drawer = document.querySelector(".c360-drawer");
        const button = event.target.closest("[data-c360-define]");
        if (button) {
            asked += 1; // Asking the same again is a change, too: the filters may be others.
            window.dash_clientside.set_props("shell-definition", { children: null });
            const data = { ...JSON.parse(button.dataset.c360Define), asked };
            window.dash_clientside.set_props("shell-asked-definition", { data });
            drawer.showModal();
        } else if (drawer?.open && (event.target === drawer || event.target.closest("[data-c360-close], a"))) {
            drawer.close();
        }
    });

    window.dash_clientside = Object.assign({}, window.dash_clientside, {
        c360: { askCards, askCustomers, chooseBuild, chooseFilters, markCurrentPage },
    });
})();
