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
            title: { standoff: 10, font: { color: token("muted") } },
        };
        return {
            layout: {
                font: { family: token("font"), size: 12, color: token("text") },
                paper_bgcolor: "rgba(0,0,0,0)",
                plot_bgcolor: "rgba(0,0,0,0)",
                colorway: [token("accent"), "#c98219", "#2a9d8f", "#b85c94", "#7d8797"],
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

    const themed = (figure) => ({ ...figure, layout: { ...figure.layout, template: template() } });

    // What draws the charts: a first bundle, and for the rarer traces parts that add themselves to it once a figure
    // needs them (assets/vendor/plotly-bundles.mjs). Where each lies stands in the page (bundles.py).
    const { base, parts } = JSON.parse(root.dataset.plotly);
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
            const needed = neededFor(figure);
            if (needed.length) {
                await Promise.all(needed.map(script));
            }
            return react(place, themed(canDraw(figure) ? figure : inWords(place)), ...more);
        };
    }

    const canDraw = (figure) => hasWebGL() || !figure.data.some((trace) => trace.type === "scatter3d");

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
            drawInOurColours();
        },
    });

    // The first bundle comes after what Dash starts with, and is read while the cards wait for their answers. (A preload
    // would complain on pages that draw nothing.)
    fetch(base, { priority: "low" }).then((answer) => answer.blob()).catch(() => {});
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
        links?.forEach((address, position) => linkFirst(body.rows[position], address));
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
            .forEach(buildTables);
    }).observe(root, { subtree: true, childList: true, attributeFilter: ["data-c360-table"] });

    document.addEventListener("toggle", (event) => buildTables(event.target), true);

    // ---------------------------------------------------------------------------------------------------- filters

    function chosenInAddress() {
        const query = new URLSearchParams(location.search);
        return (name) => query.getAll(name);
    }

    // Dropdowns → address and the list of what is chosen. Other parts of the address stay as they are.
    function chooseFilters(values, ids) {
        const query = new URLSearchParams(location.search);
        const chosen = {};
        ids.forEach((id, place) => {
            const picked = values[place] || [];
            if (String([...picked].sort()) !== String(query.getAll(id.filter).sort())) {
                query.delete(id.filter);
                picked.forEach((value) => query.append(id.filter, value));
            }
            if (picked.length) {
                chosen[id.filter] = picked;
            }
        });
        const search = () => (query.size ? `?${query}` : "");
        if (search() !== location.search && String(query) !== String(new URLSearchParams(location.search))) {
            query.delete("page");
            history.pushState(history.state, "", location.pathname + search() + location.hash);
        }
        return chosen;
    }

    // Back and forward → dropdowns.
    window.addEventListener("popstate", () => {
        const chosen = chosenInAddress();
        document.querySelectorAll("[data-c360-filter]").forEach((place) => {
            const name = place.dataset.c360Filter;
            window.dash_clientside.set_props({ filter: name }, { value: chosen(name) });
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
    function ask(changes) {
        const query = new URLSearchParams(location.search);
        query.delete("page");
        Object.entries(changes).forEach(([name, value]) => (value ? query.set(name, value) : query.delete(name)));
        history.pushState(history.state, "", location.pathname + (query.size ? `?${query}` : "") + location.hash);
        return location.search;
    }

    // Address → the store from which the page asks the server.
    function showAsked() {
        const store = document.querySelector("[data-c360-asked]")?.dataset.c360Asked;
        if (store) {
            window.dash_clientside.set_props(store, { data: location.search });
        }
    }

    // Search, columns and filters → address → store `customers-asked`. Only what was just changed goes into the address:
    // after Back the other fields still hold what they held on the page before.
    function askCustomers(words, columns) {
        const changed = window.dash_clientside.callback_context.triggered_id;
        const asked = new URLSearchParams(location.search);
        const sorted = (names) => names.filter(Boolean).sort().join(",");
        const usual = document.getElementById("customers-choice").dataset.usual.split(",");
        const shown = asked.get("columns")?.split(",") || usual;
        if (changed === "customers-search" && (asked.get("q") || "") !== (words || "").trim()) {
            ask({ q: (words || "").trim() });
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

    // Links inside tables open their page without loading the application again.
    document.addEventListener("click", (event) => {
        const link = event.target.closest(".c360-table a:not([href^='#']), a.c360-link");
        if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && link.origin === location.origin) {
            event.preventDefault();
            history.pushState({}, "", link.href);
            window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
            window.scrollTo(0, 0);
        }
    });

    // ----------------------------------------------------------------------------------------- navigation and menu

    function markCurrentPage(pathname) {
        document.querySelectorAll(".c360-nav a").forEach((link) => {
            const here = link.getAttribute("href") === pathname;
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
        closeDefinitions(event.target.closest(".c360-info"));
    });

    document.addEventListener("keydown", (event) => {
        if (event.key === "Escape") {
            closeDefinitions(null);
        }
    });

    function closeDefinitions(kept) {
        document.querySelectorAll(".c360-info[open]").forEach((open) => {
            if (open !== kept) {
                open.open = false;
            }
        });
    }

    window.dash_clientside = Object.assign({}, window.dash_clientside, {
        c360: { askCustomers, chooseFilters, markCurrentPage },
    });
})();
