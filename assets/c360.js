/* What happens in the browser alone: the theme, the charts' colours, the address of the filters, the menu. */
"use strict";

(function () {
    const root = document.documentElement;
    const darkPreferred = window.matchMedia("(prefers-color-scheme: dark)");

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
        root.dataset.bsTheme = theme;
        const other = theme === "dark" ? "light" : "dark";
        document.querySelectorAll(".c360-theme").forEach((button) => {
            button.setAttribute("aria-label", `Switch to ${other} colours`);
            button.title = `Switch to ${other} colours`;
        });
        recolour();
    }

    const preferred = () => remembered() || (darkPreferred.matches ? "dark" : "light");
    applyTheme(preferred());
    darkPreferred.addEventListener("change", () => applyTheme(preferred()));

    // ------------------------------------------------------------------------------------------------------ login

    // Whoever's session has ended finds out with the next answer, and comes back to the same page after the login.
    const plainFetch = window.fetch;
    window.fetch = async (...asked) => {
        const response = await plainFetch.apply(window, asked);
        const here = new URL(response.url || location.href).origin === location.origin;
        if (response.status === 401 && here) {
            location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
        }
        return response;
    };

    // ----------------------------------------------------------------------------------------------------- charts

    function template() {
        const style = getComputedStyle(root);
        const token = (name) => style.getPropertyValue(`--c360-${name}`).trim();
        const colours = token("scale").split(",").map((colour) => colour.trim());
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
                colorscale: { sequential: colours.map((colour, place) => [place / (colours.length - 1), colour]) },
                xaxis: axis,
                yaxis: axis,
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
            },
        };
    }

    const themed = (figure) => ({ ...figure, layout: { ...figure.layout, template: template() } });

    // Figures come without a template; each gets today's colours at the moment it is drawn.
    function drawInOurColours(plotly) {
        const react = plotly.react;
        plotly.react = (place, figure, ...more) => react(place, Array.isArray(figure) ? figure : themed(figure), ...more);
    }

    function recolour() {
        if (window.Plotly) {
            document.querySelectorAll(".js-plotly-plot").forEach((place) => {
                window.Plotly.relayout(place, { template: template() });
            });
        }
    }

    let plotly;
    Object.defineProperty(window, "Plotly", {
        configurable: true,
        get: () => plotly,
        set: (loaded) => {
            plotly = loaded;
            drawInOurColours(plotly);
        },
    });

    // Dash would load all of plotly.js (1.1 MB compressed); the page names a smaller bundle that draws what we draw.
    Object.defineProperty(window, "_dashPlotlyJSURL", { get: () => root.dataset.plotly, set: () => {} });

    // It is on its way while the page still asks what to draw; a preload would complain on pages that draw nothing.
    fetch(root.dataset.plotly).then((answer) => answer.blob()).catch(() => {});

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
