// Without what the browser of Jenkins' test harness does not know: classes, async functions, spread.
(function () {
  "use strict";

  const TARGET = ".metakraftwerk-overview__target";
  const ROWS = ".metakraftwerk-overview tbody > tr";
  const FIELDS = ".metakraftwerk-overview__tools [data-parameter]";

  function all(selector, root) {
    return Array.from((root || document).querySelectorAll(selector));
  }

  /** What the fields above the tables say, by their names in the address. */
  function choice() {
    const chosen = {};
    all(FIELDS).forEach((field) => {
      chosen[field.dataset.parameter] =
        field.type === "checkbox" ? field.checked : field.value;
    });
    return chosen;
  }

  function needsALook(row) {
    return (
      row.closest(".metakraftwerk-overview--frozen") !== null ||
      row.querySelector(TARGET + "--perhaps," + TARGET + "--other") !== null
    );
  }

  /** Shows what contains all words that are typed, each pattern with those of its targets that do. */
  function filter() {
    const chosen = choice();
    const words = chosen.filter.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    all(ROWS).forEach((row) => {
      const pattern = row.cells[0].textContent.toLowerCase();
      const fits =
        (!chosen.behind || row.querySelector(TARGET + "--behind") !== null) &&
        (!chosen.look || needsALook(row));
      let some = false;
      all(TARGET, row).forEach((target) => {
        const text = [pattern, target.textContent, target.dataset.more]
          .join(" ")
          .toLowerCase();
        const never = target.classList.contains(
          "metakraftwerk-overview__target--never",
        );
        target.hidden =
          !fits ||
          (never && !chosen.never) ||
          !words.every((word) => text.includes(word));
        some = some || !target.hidden;
      });
      row.hidden = !some;
      shown += some ? 1 : 0;
    });
    all(".metakraftwerk-overview__server").forEach((server) => {
      server.hidden = server.querySelector("tbody > tr:not([hidden])") === null;
    });
    const none = document.querySelector(".metakraftwerk-overview__none");
    none.textContent = shown === 0 ? none.dataset.none : "";
  }

  /** Puts the rows of each table into the order that is chosen; they come in that of their names. */
  function order() {
    const changed = choice().order === "changed";
    all(".metakraftwerk-overview tbody").forEach((body) => {
      const rows = all("tr", body);
      rows.forEach((row, place) => {
        row.dataset.place = row.dataset.place || place;
      });
      const key = changed ? (row) => -row.dataset.time : (row) => row.dataset.place;
      rows
        .sort((one, other) => key(one) - key(other))
        .forEach((row) => body.appendChild(row));
    });
  }

  /** So that it is the same after a reload, and when one comes back. */
  function remember() {
    const address = new URL(location.href);
    const chosen = choice();
    Object.keys(chosen).forEach((name) => {
      address.searchParams.delete(name);
      if (chosen[name]) {
        address.searchParams.set(name, String(chosen[name]));
      }
    });
    history.replaceState(history.state, "", address);
  }

  function recall() {
    const address = new URLSearchParams(location.search);
    all(FIELDS).forEach((field) => {
      const value = address.get(field.dataset.parameter) || "";
      if (field.type === "checkbox") {
        field.checked = value === "true";
      } else {
        field.value = value;
      }
      // No such order.
      if (field.selectedIndex === -1) {
        field.selectedIndex = 0;
      }
    });
  }

  Behaviour.specify(
    ".metakraftwerk-overview__tools",
    "metakraftwerk-overview",
    10,
    (tools) => {
      if (tools.dataset.ready) {
        return;
      }
      tools.dataset.ready = "true";
      recall();
      filter();
      if (choice().order) {
        order();
      }
      tools.addEventListener("input", () => {
        filter();
        remember();
      });
      tools.addEventListener("change", () => {
        order();
        filter();
        remember();
      });
      document.addEventListener("metakraftwerk-compared", filter);
    },
  );
})();
