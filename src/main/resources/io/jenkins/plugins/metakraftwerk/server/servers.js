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

  // Jenkins answers a form that it refuses with a page without that form, and all that was typed is gone.
  Behaviour.specify(NAME, "metakraftwerk-server-name", 0, function (field) {
    const form = field.closest("form");
    field.addEventListener("change", () => judge(form));
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
