(function () {
  "use strict";

  // Jenkins would put back the first value whenever what the list depends on changes, even after it was cleared.
  Behaviour.specify(
    ".metakraftwerk-credentials select",
    "metakraftwerk-credentials",
    0,
    function (select) {
      select.addEventListener("filled", () => select.removeAttribute("value"));
    },
  );

  const NAME = "input.metakraftwerk-server-name";

  /** Says beside each field that it is empty, or that another one has its name; answers the first of them. */
  function judge(form) {
    const fields = Array.from(form.querySelectorAll(NAME));
    const names = fields.map((field) => field.value.trim());
    let first = null;
    fields.forEach((field, i) => {
      const nameless = names[i] === "";
      const twice =
        !nameless && names.filter((name) => name === names[i]).length > 1;
      const say = (what, shown) => {
        const remark = ".metakraftwerk-server-" + what;
        field.parentNode.querySelector(remark).hidden = !shown;
      };
      say("nameless", nameless);
      say("twice", twice);
      first = first || (nameless || twice ? field : null);
    });
    return first;
  }

  const DEFAULT = "select.metakraftwerk-default-server";

  function option(select, value, text) {
    const made = document.createElement("option");
    made.value = value;
    made.textContent = text;
    select.appendChild(made);
  }

  /**
   * Offers the names as they are typed now. The only server is the default, and stays so when others join it; but who is
   * only left over after the default was removed was not chosen by anybody.
   */
  function offer(form, before, after, removed) {
    const select = form.querySelector(DEFAULT);
    if (!select) {
      return;
    }
    const names = Array.from(form.querySelectorAll(NAME))
      .map((field) => field.value.trim())
      .filter((name, i, all) => name !== "" && all.indexOf(name) === i);
    let chosen = select.value;
    if (before && chosen === before) {
      chosen = after;
      if (removed) {
        select.dataset.removed = "true";
      }
    }
    if (chosen === "" && names.length === 1 && !select.dataset.removed) {
      chosen = names[0];
    }
    select.innerHTML = "";
    option(select, "", select.dataset.none);
    names.forEach((name) => option(select, name, name));
    if (names.indexOf(chosen) < 0 && chosen !== "") {
      option(select, chosen, chosen);
    }
    select.value = chosen;
  }

  Behaviour.specify(DEFAULT, "metakraftwerk-default-server", 0, (select) => {
    const form = select.closest("form");
    if (form) {
      offer(form);
      select.addEventListener("focus", () => offer(form));
      select.addEventListener("change", () => delete select.dataset.removed);
      new MutationObserver((changes) =>
        changes
          .flatMap((change) => Array.from(change.removedNodes))
          .flatMap((gone) =>
            gone.querySelector ? Array.from(gone.querySelectorAll(NAME)) : [],
          )
          .filter((field) => !field.isConnected)
          .forEach((field) => offer(form, field.value.trim(), "", true)),
      ).observe(form, { childList: true, subtree: true });
    }
  });

  // Only who restricts the use has to say for whom.
  Behaviour.specify(
    "select.metakraftwerk-usage",
    "metakraftwerk-usage",
    0,
    (select) => {
      const chunk = select.closest(".repeated-chunk");
      const follow = () =>
        chunk
          .querySelector(".metakraftwerk-allowed")
          .classList.toggle("jenkins-hidden", select.value !== "listed");
      follow();
      select.addEventListener("change", follow);
    },
  );

  // Jenkins answers a form that it refuses with a page without that form, and all that was typed is gone.
  Behaviour.specify(NAME, "metakraftwerk-server-name", 0, function (field) {
    const form = field.closest("form");
    let before = field.value.trim();
    field.addEventListener("change", () => {
      judge(form);
      offer(form, before, field.value.trim());
      before = field.value.trim();
    });
    if (form && !form.dataset.metakraftwerkServers) {
      form.dataset.metakraftwerkServers = "judged";
      form.addEventListener(
        "submit",
        (event) => {
          const field = judge(form);
          if (field) {
            event.preventDefault();
            event.stopImmediatePropagation();
            field.focus();
          }
        },
        true,
      );
    }
  });
})();
