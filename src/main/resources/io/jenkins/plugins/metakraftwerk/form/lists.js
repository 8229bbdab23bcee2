// Without what the browser of Jenkins' test harness does not know: classes, async functions, spread.
// @include io.jenkins.plugins.metakraftwerk.form.answers
(function () {
  "use strict";

  let pressed = false;
  document.addEventListener("mousedown", () => (pressed = true), true);
  document.addEventListener("mouseup", () => (pressed = false), true);

  /** What moves the page waits for a click to end, which would miss its button otherwise. */
  function settled(act) {
    if (pressed) {
      const later = () => setTimeout(act);
      document.addEventListener("mouseup", later, { capture: true, once: true });
    } else {
      act();
    }
  }

  function element(tag, name) {
    const made = document.createElement(tag);
    made.className = "metakraftwerk-list__" + name;
    return made;
  }

  /** What stands above a field, without the sign for its help. */
  function label(input) {
    const item = input.closest(".jenkins-form-item");
    const title = item && item.querySelector(".jenkins-form-label");
    return title
      ? Array.from(title.childNodes)
          .filter((part) => part.nodeType === Node.TEXT_NODE)
          .map((part) => part.textContent)
          .join(" ")
          .trim()
      : "";
  }

  const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

  function connect(box, number) {
    const input = box.querySelector("input");
    const popup = element("div", "popup");
    const list = element("ul", "entries");
    const hint = element("div", "note");
    const remark = element("div", "remark metakraftwerk-text--marked");
    // Always there, since what only just appears is not read out.
    const status = element("div", "status");
    const answers = metakraftwerkAnswers(box, input);
    // Asks as soon as it is there.
    const eager = box.dataset.eager === "true";
    // Says what the server calls what stands in the field.
    const named = eager || box.dataset.named === "true";
    let active = -1;
    let typed = "";
    let looked = false;

    function open(given) {
      const text = given.trim().toLowerCase();
      typed = text;
      looked = true;
      if (popup.hidden) {
        popup.hidden = false;
        input.setAttribute("aria-expanded", "true");
        note(box.dataset.loading);
      }
      answers.find(text, () => typed === text).then((answer) => {
        if (!popup.hidden && typed === text) {
          show(answer, text);
        }
      });
    }

    function close() {
      popup.hidden = true;
      input.setAttribute("aria-expanded", "false");
      say("");
      activate(-1);
    }

    function show(answer, text) {
      if (!answer.entries) {
        if (eager) {
          // The reason stands below the field already.
          close();
        } else {
          note(answer.reason || box.dataset.failed);
        }
        return;
      }
      const offered = answer.entries.filter((entry) => entry.value !== "");
      if (offered.length === 0) {
        note(text === "" ? box.dataset.empty : box.dataset.none);
        return;
      }
      note(answer.more ? box.dataset.more.replace("{0}", answer.more) : "");
      offered.forEach(option);
      activate(-1);
    }

    function option(entry, i) {
      const made = element("li", "entry");
      made.id = list.id + "-" + i;
      made.setAttribute("role", "option");
      made.setAttribute("data-value", entry.value);
      made.textContent = entry.name;
      made.addEventListener("click", () => choose(entry.value));
      list.appendChild(made);
    }

    /** In place of entries, or after them. */
    function note(text) {
      list.innerHTML = "";
      hint.textContent = text;
      say(text);
      active = -1;
    }

    function say(text) {
      status.textContent = text;
    }

    function choose(value) {
      input.value = value;
      close();
      input.dispatchEvent(new Event("change", { bubbles: true }));
      judge();
    }

    function options() {
      return Array.from(list.querySelectorAll(".metakraftwerk-list__entry"));
    }

    function activate(i) {
      const all = options();
      active = all.length === 0 ? -1 : Math.min(i, all.length - 1);
      all.forEach((one, n) =>
        one.setAttribute("aria-selected", String(n === active)),
      );
      if (active < 0) {
        input.removeAttribute("aria-activedescendant");
      } else {
        input.setAttribute("aria-activedescendant", all[active].id);
        all[active].scrollIntoView({ block: "nearest" });
      }
    }

    function key(event) {
      const step = STEPS[event.key];
      if (step && !(popup.hidden && event.key.startsWith("Page"))) {
        event.preventDefault();
        if (popup.hidden) {
          open("");
        } else {
          activate(Math.max(active + step, 0));
        }
      } else if (event.key === "Enter" && !popup.hidden) {
        // Not the end of the whole form.
        event.preventDefault();
        if (active >= 0) {
          choose(options()[active].getAttribute("data-value"));
        } else {
          close();
        }
      } else if (event.key === "Escape" && !popup.hidden) {
        event.stopPropagation();
        close();
      }
    }

    /** Says beside the field that the server does not have what stands in it, where that can be known. */
    function judge() {
      const value = input.value.trim();
      const escaped = value.replace(/\$/g, "$$$$");
      const variable = /\$(\w|\{)/.test(value.replace(/\$\$/g, ""));
      mention("");
      box.dispatchEvent(new Event("judge"));
      if (value === "" && !eager) {
        return;
      }
      answers.seek(value).then((answer) => {
        const has = (name) => answer.entries.some((e) => e.value === name);
        if (input.value.trim() !== value) {
          return;
        }
        if (variable) {
          // A name that was stored as it is means something else when the build runs.
          warn(answer.entries && has(escaped) ? box.dataset.unescaped : "");
        } else if (!answer.entries) {
          warn(answer.reason || box.dataset.failed);
        } else if (named) {
          const chosen = answer.entries.filter((e) => e.value === value)[0];
          // Of what is no id, something else is said.
          const isId = /^\d+$/.test(value);
          mention(chosen ? chosen.name : isId && box.dataset.unknown);
        } else if (!has(value)) {
          warn(box.dataset.unknown);
        }
      });
    }

    function warn(text) {
      mention(text);
      remark.classList.toggle("warning", text !== "");
    }

    function mention(text) {
      remark.classList.remove("warning");
      remark.textContent = text || "";
    }

    const arrow = element("span", "arrow");
    arrow.setAttribute("aria-hidden", "true");
    input.insertAdjacentElement("afterend", arrow);
    const name = label(input) || input.getAttribute("placeholder") || "";
    list.id = "metakraftwerk-list-" + number;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", name);
    hint.setAttribute("aria-hidden", "true");
    status.setAttribute("role", "status");
    remark.setAttribute("aria-live", "polite");
    remark.id = list.id + "-remark";
    popup.hidden = true;
    popup.appendChild(list);
    popup.appendChild(hint);
    box.appendChild(popup);
    box.appendChild(remark);
    box.appendChild(status);
    input.setAttribute("autocomplete", "off");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-describedby", remark.id);
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-label", name);
    input.addEventListener("focus", () => open(""));
    input.addEventListener("click", () => open(""));
    input.addEventListener("input", () => open(input.value));
    input.addEventListener("keydown", key);
    input.addEventListener("blur", () => {
      if (looked) {
        looked = false;
        close();
        settled(judge);
      }
    });
    // The field keeps the focus, so that it can still be typed into.
    popup.addEventListener("mousedown", (event) => event.preventDefault());
    // A parent may come later than this field, with the section 'Advanced'.
    if (answers.parents.length > 0) {
      findFormParent(input, null, true).addEventListener("change", (event) => {
        if (answers.parents.some((name) => event.target.name === "_." + name)) {
          settled(judge);
        }
      });
    }
    if (eager) {
      judge();
    }
    // Who was faster than this script need not click again.
    if (document.activeElement === input) {
      open("");
    }
  }

  let number = 0;

  Behaviour.specify(
    ".metakraftwerk-list",
    "metakraftwerk-list",
    0,
    function (box) {
      if (box.querySelector("input") && !box.dataset.ready) {
        box.dataset.ready = "true";
        connect(box, number++);
      }
    },
  );
})();
