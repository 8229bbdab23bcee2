// Without what the browser of Jenkins' test harness does not know: classes, async functions, spread.
(function () {
  "use strict";

  /** By address and parameters, so that many fields of a page with the same parents ask once. */
  const answers = new Map();

  /** In milliseconds, of who types. */
  const PAUSE = 150;

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
    return !response.ok
      ? {}
      : response
          .json()
          .then((list) =>
            list.reason
              ? { reason: list.reason }
              : { entries: list.values, more: list.more || 0 },
          );
  }

  function valueOf(field) {
    const isBox = field && field.type === "checkbox";
    return field ? String(isBox ? field.checked : field.value) : "";
  }

  /**
   * What the server has for the field of a list.
   *
   * @param box the list, which says where to ask, and on which other fields the answer depends
   */
  window.metakraftwerkAnswers = function (box, input) {
    const depends = (box.dataset.depends || "").split(" ").filter(Boolean);
    const parents = depends.filter((name) => name !== "search");
    // Whether the server has more than it sends at once.
    const searches = parents.length < depends.length;

    function load(text) {
      const body = parents.map(
        (name) =>
          name + "=" + encodeURIComponent(valueOf(findNearBy(input, name))),
      );
      if (searches) {
        body.push("search=" + encodeURIComponent(text));
      }
      return ask(box.dataset.url, body.join("&"));
    }

    function narrow(answer, text) {
      const words = text.split(/\s+/);
      const fits = (entry) =>
        words.every(
          (word) =>
            entry.name.toLowerCase().includes(word) ||
            entry.value.toLowerCase().includes(word),
        );
      return { entries: answer.entries.filter(fits), more: 0 };
    }

    /** The server is asked where it has not sent all, and who types has paused, if the answer is still wanted then. */
    function find(text, isWanted) {
      return load("").then((all) => {
        if (!all.entries || text === "") {
          return all;
        }
        return all.more
          ? new Promise((resolve) => setTimeout(resolve, PAUSE)).then(() =>
              isWanted() ? load(text) : all,
            )
          : narrow(all, text);
      });
    }

    /** All that is known, or else what is known of this value. */
    function seek(value) {
      return load("").then((all) =>
        all.more && !all.entries.some((entry) => entry.value === value)
          ? load(value)
          : all,
      );
    }

    return { parents: parents, find: find, seek: seek };
  };
})();
