(function () {
  "use strict";

  const TARGET = ".metakraftwerk-overview__target";

  function status(text) {
    document.querySelector(".metakraftwerk-overview__status").textContent =
      text;
  }

  /** Writes into a target what its server says. */
  function say(target, result) {
    const there = target.querySelector(".metakraftwerk-overview__there");
    const other = result.state === "other";
    there.hidden = false;
    there.textContent = (other ? "\u00a0 \u26a0\ufe0e\u00a0" : "\u00a0 ") + result.text;
    there.classList.toggle("metakraftwerk-overview__there--other", other);
    target.classList.toggle("metakraftwerk-overview__target--other", other);
    target.dataset.there = result.text;
  }

  /** Asks the servers about all targets that are shown. */
  function compare(button) {
    const texts = document.querySelector(
      ".metakraftwerk-overview__status",
    ).dataset;
    const shown = Array.from(document.querySelectorAll(TARGET)).filter(
      (target) => !target.hidden,
    );
    const targets = shown.slice(0, Number(texts.most));
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
        document.dispatchEvent(new Event("metakraftwerk-compared"));
      })
      .catch(() => status(button.dataset.failed))
      .then(() => {
        button.disabled = false;
      });
  }

  Behaviour.specify(
    ".metakraftwerk-compare",
    "metakraftwerk-compare",
    0,
    (button) => button.addEventListener("click", () => compare(button)),
  );
})();
