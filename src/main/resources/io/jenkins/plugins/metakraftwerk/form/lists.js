// Without what the browser of Jenkins' test harness does not know: classes, async functions, spread.
(function () {
  "use strict";

  /** By address and parameters, so that many fields of a page with the same parents ask once. */
  const answers = new Map();

  function ask(url, body) {
    const key = url + "?" + body;
    if (!answers.has(key)) {
      const answer = fetch(url, {
        method: "post",
        headers: crumb.wrap({
          "Content-Type": "application/x-www-form-urlencoded",
        }),
        body: body,
      })
        .then(read)
        .catch(() => ({}));
      answers.set(key, answer);
      answer.then((read) => {
        if (!read.entries) {
          answers.delete(key);
        }
      });
    }
    return answers.get(key);
  }

  /** The entries, or the reason why there are none; neither where something other than the plugin has answered. */
  function read(response) {
    if (response.ok) {
      return response.json().then((list) => ({ entries: list.values }));
    }
    const refused = response.headers.has("X-Jenkins-Select-Error");
    // The reason comes as HTML, of which only the text is wanted.
    return response.text().then((html) => ({
      reason: refused
        ? new DOMParser()
            .parseFromString(html, "text/html")
            .body.textContent.trim()
        : null,
    }));
  }

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

  function connect(box, number) {
    const input = box.querySelector("input");
    const list = element("ul", "entries");
    const remark = element("div", "remark");
    const parents = (box.dataset.depends || "").split(" ").filter(Boolean);
    // Asks as soon as it is there, and says what the server calls what stands in the field.
    const eager = box.dataset.eager === "true";
    let active = -1;
    let typed = "";
    let looked = false;

    function load() {
      const body = parents.map((name) => {
        const parent = findNearBy(input, name);
        return name + "=" + encodeURIComponent(parent ? parent.value : "");
      });
      return ask(box.dataset.url, body.join("&"));
    }

    function open(text) {
      typed = text;
      looked = true;
      if (list.hidden) {
        list.hidden = false;
        input.setAttribute("aria-expanded", "true");
        note(box.dataset.loading);
      }
      load().then((answer) => {
        if (!list.hidden && typed === text) {
          show(answer, text.trim().toLowerCase());
        }
      });
    }

    function close() {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
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
      const fitting = offered.filter(
        (entry) =>
          entry.name.toLowerCase().includes(text) ||
          entry.value.toLowerCase().includes(text),
      );
      if (fitting.length === 0) {
        note(offered.length === 0 ? box.dataset.empty : box.dataset.none);
        return;
      }
      list.innerHTML = "";
      fitting.forEach(option);
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

    function note(text) {
      const made = element("li", "note");
      made.textContent = text;
      list.innerHTML = "";
      list.appendChild(made);
      active = -1;
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
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        if (list.hidden) {
          open("");
        } else {
          activate(Math.max(active + step, 0));
        }
      } else if (event.key === "Enter" && !list.hidden) {
        // Not the end of the whole form.
        event.preventDefault();
        if (active >= 0) {
          choose(options()[active].getAttribute("data-value"));
        } else {
          close();
        }
      } else if (event.key === "Escape" && !list.hidden) {
        event.stopPropagation();
        close();
      }
    }

    /** Says beside the field that the server does not have what stands in it, where that can be known. */
    function judge() {
      const value = input.value.trim();
      const escaped = value.replace(/\$/g, "$$$$");
      const variable = /\$(\w|\{)/.test(value.replace(/\$\$/g, ""));
      say("");
      if (value === "" && !eager) {
        return;
      }
      load().then((answer) => {
        const has = (name) => answer.entries.some((e) => e.value === name);
        if (input.value.trim() !== value) {
          return;
        }
        if (variable) {
          // A name that was stored as it is means something else when the build runs.
          say(answer.entries && has(escaped) ? box.dataset.unescaped : "");
        } else if (!answer.entries) {
          say(answer.reason || box.dataset.failed);
        } else if (eager) {
          const chosen = answer.entries.filter((e) => e.value === value)[0];
          mention(chosen ? chosen.name : value && box.dataset.unknown);
        } else if (!has(value)) {
          say(box.dataset.unknown);
        }
      });
    }

    function say(text) {
      mention(text);
      remark.classList.toggle("warning", text !== "");
    }

    function mention(text) {
      remark.textContent = text;
    }

    const arrow = element("span", "arrow");
    arrow.setAttribute("aria-hidden", "true");
    input.insertAdjacentElement("afterend", arrow);
    list.id = "metakraftwerk-list-" + number;
    list.setAttribute("role", "listbox");
    list.hidden = true;
    remark.setAttribute("aria-live", "polite");
    box.appendChild(list);
    box.appendChild(remark);
    input.setAttribute("autocomplete", "off");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
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
    list.addEventListener("mousedown", (event) => event.preventDefault());
    // A parent may come later than this field, with the section 'Advanced'.
    if (parents.length > 0) {
      findFormParent(input, null, true).addEventListener("change", (event) => {
        if (parents.some((name) => event.target.name === "_." + name)) {
          settled(judge);
        }
      });
    }
    if (eager) {
      judge();
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
