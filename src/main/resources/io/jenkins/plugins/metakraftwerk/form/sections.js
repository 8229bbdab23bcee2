// Without what the browser of Jenkins' test harness does not know: classes, async functions, spread.
(function () {
  "use strict";

  /** The fields of each section, which stay when the form that brought them is deleted. */
  const fields = new Map();

  function store(input, value) {
    if (input.tagName === "SELECT") {
      // As Jenkins itself renders a list that is not filled yet.
      input.add(new Option(value, value));
      input.setAttribute("value", value);
    }
    if (input.type === "checkbox") {
      input.checked = value === "true";
    } else {
      input.value = value;
    }
  }

  function put(rows, stored) {
    const names = [stored.name];
    if (stored.name === "_.credentialsId") {
      names.push("_.storedCredentialsId");
    }
    names.forEach((name) => {
      const input = rows.querySelector("[name='" + name + "']");
      if (input) {
        store(input, stored.value);
      }
    });
  }

  function open(section) {
    const rows = document.createElement("div");
    rows.appendChild(document.importNode(fields.get(section.dataset.section), true));
    section
      .querySelectorAll("input[type='hidden']")
      .forEach((stored) => stored.value && put(rows, stored));
    const made = Array.from(rows.children);
    made.forEach((row) => section.parentNode.insertBefore(row, section));
    section.remove();
    Behaviour.applySubtree(made, true);
  }

  // Before Jenkins takes away what only is a pattern for forms to come.
  Behaviour.specify(
    ".metakraftwerk-section > template",
    "metakraftwerk-section-fields",
    -1000,
    function (template) {
      fields.set(template.parentNode.dataset.section, template.content);
    },
  );

  Behaviour.specify(
    ".metakraftwerk-section",
    "metakraftwerk-section",
    0,
    function (section) {
      if (section.dataset.ready) {
        return;
      }
      section.dataset.ready = "true";
      // Before Jenkins' own script shows what is in the section.
      section
        .closest(".advancedBody")
        .parentNode.querySelector(".advancedLink")
        .addEventListener(
          "click",
          (event) => {
            if (event.target.closest(".advanced-button") && section.parentNode) {
              open(section);
            }
          },
          true,
        );
    },
  );

  // A number needs no check, and nothing neither; Jenkins would have each of them checked when the page opens, or when it
  // gets to know the field: so that is when there is another text, of which no older answer can come last.
  Behaviour.specify(
    "input.metakraftwerk-id.validated",
    "metakraftwerk-id",
    -1000,
    function (input) {
      if (input.dataset.ready || !/^([1-9]\d{0,17})?$/.test(input.value)) {
        return;
      }
      input.dataset.ready = "true";
      input.classList.remove("validated");
      input.addEventListener(
        "change",
        () => {
          input.classList.add("validated");
          Behaviour.applySubtree(input, true);
        },
        { once: true },
      );
    },
  );
})();
