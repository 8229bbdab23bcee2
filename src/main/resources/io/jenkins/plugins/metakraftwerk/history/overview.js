// Without what the browser of Jenkins' test harness does not know: classes, async functions, spread.
(function () {
  "use strict";

  const TARGET = ".metakraftwerk-overview__target";

  function all(selector, root) {
    return Array.from((root || document).querySelectorAll(selector));
  }

  function status(text) {
    document.querySelector(".metakraftwerk-overview__status").textContent =
      text;
  }

  /** Shows what contains all words that are typed, each pattern with those of its targets that do. */
  function filter() {
    const words = document
      .querySelector(".metakraftwerk-overview__filter")
      .value.toLowerCase()
      .split(/\s+/)
      .filter(Boolean);
    const onlyBehind = document.querySelector(
      ".metakraftwerk-overview__only-behind",
    ).checked;
    let shown = 0;
    all(".metakraftwerk-overview tbody > tr").forEach((row) => {
      const pattern = row
        .querySelector(".metakraftwerk-overview__pattern")
        .textContent.toLowerCase();
      const lags = row.querySelector(TARGET + "--behind") !== null;
      let some = false;
      all(TARGET, row).forEach((target) => {
        const text = pattern + " " + target.textContent.toLowerCase();
        target.hidden =
          (onlyBehind && !lags) || !words.every((word) => text.includes(word));
        some = some || !target.hidden;
      });
      row.hidden = !some;
      shown += some ? 1 : 0;
    });
    const none = document.querySelector(".metakraftwerk-overview__status")
      .dataset.none;
    status(shown === 0 ? none : "");
  }

  /** Writes into each target that is shown what its server says. */
  function compare(button) {
    const texts = document.querySelector(
      ".metakraftwerk-overview__status",
    ).dataset;
    const shown = all(TARGET).filter((target) => !target.hidden);
    const targets = shown.slice(0, Number(texts.most));
    const say = (target, result) => {
      const there = target.querySelector(".metakraftwerk-overview__there");
      there.hidden = false;
      there.querySelector("span").textContent = result.text;
      [there, target].forEach((one) =>
        one.classList.toggle(
          one.classList[0] + "--other",
          result.state === "other",
        ),
      );
    };
    button.disabled = true;
    status(texts.comparing);
    fetch(button.dataset.url, {
      method: "post",
      headers: crumb.wrap({
        "Content-Type": "application/x-www-form-urlencoded",
      }),
      body: "targets=" + targets.map((one) => one.dataset.target).join(","),
    })
      .then((response) => {
        if (!response.ok) {
          throw new Error(response.statusText);
        }
        return response.json();
      })
      .then((answer) => {
        if (answer.status !== "ok") {
          status(answer.message);
          return;
        }
        const compared = answer.data.targets;
        const results = new Map(
          compared.map((result) => [result.target, result]),
        );
        targets
          .filter((target) => results.has(target.dataset.target))
          .forEach((target) => say(target, results.get(target.dataset.target)));
        const count = (state) =>
          compared.filter((result) => result.state === state).length;
        const leftOut = shown.length - targets.length + answer.data.leftOut;
        const left =
          shown.length - leftOut - compared.length + count("notCompared");
        status(
          texts.compared +
            count("other") +
            (left > 0 ? texts.notCompared + left : "") +
            (leftOut > 0 ? texts.leftOut + leftOut : ""),
        );
      })
      .catch(() => status(button.dataset.failed))
      .then(() => {
        button.disabled = false;
      });
  }

  /** Gets the patterns that the page was not to wait for. */
  function addRest(table) {
    const shown = Number(table.dataset.shown);
    if (shown >= Number(table.dataset.all)) {
      return;
    }
    fetch("rest?from=" + shown)
      .then((response) => (response.ok ? response.text() : ""))
      .then((html) => {
        const more = document.createElement("template");
        more.innerHTML = "<table><tbody>" + html + "</tbody></table>";
        const rows = all("tbody > tr", more.content);
        rows.forEach((row) => table.tBodies[0].appendChild(row));
        if (rows.length > 0) {
          table.dataset.shown = shown + rows.length;
          if (table.sortable) {
            table.sortable.refresh();
          }
          filter();
          addRest(table);
        }
      });
  }

  Behaviour.specify(
    ".metakraftwerk-overview",
    "metakraftwerk-overview-rest",
    0,
    (table) => {
      if (!table.dataset.ready) {
        table.dataset.ready = "true";
        addRest(table);
      }
    },
  );

  Behaviour.specify(
    ".metakraftwerk-overview__filter, .metakraftwerk-overview__only-behind",
    "metakraftwerk-overview-filter",
    0,
    (field) => {
      field.addEventListener("input", filter);
      field.addEventListener("change", filter);
    },
  );

  Behaviour.specify(
    ".metakraftwerk-compare",
    "metakraftwerk-compare",
    0,
    (button) => button.addEventListener("click", () => compare(button)),
  );
})();
