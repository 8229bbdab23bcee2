(function () {
  "use strict";

  /** Pixels. */
  const PATTERN = 200;
  const COLUMN = 140;

  function targets(cell) {
    return Array.from(
      cell.querySelectorAll(".metakraftwerk-overview__target"),
    );
  }

  /** How many columns there is room for; the last one, for all others, is there where it has to be. */
  function room(table) {
    const columns = table.tHead.rows[0].cells.length - 2;
    const width = table.parentNode.clientWidth - PATTERN;
    const others = table.dataset.others === "true" ? COLUMN : 0;
    return columns * COLUMN + others <= width
      ? columns
      : Math.min(columns, Math.max(1, Math.floor(width / COLUMN) - 1));
  }

  function fitRow(row, columns, all) {
    const last = row.cells[all + 1];
    const moved = targets(last).filter((target) => target.dataset.column);
    moved.forEach((target) =>
      row.cells[target.dataset.column].appendChild(target),
    );
    const own = last.firstChild;
    for (let column = 1; column <= all; column++) {
      if (column > columns) {
        targets(row.cells[column]).forEach((target) => {
          target.dataset.column = column;
          last.insertBefore(target, own);
        });
      }
    }
  }

  /** Shows as many columns as there is room for, and what is in no column in the last one. */
  function fit(table) {
    const head = table.tHead.rows[0];
    const all = head.cells.length - 2;
    const columns = room(table);
    if (String(columns) === table.dataset.columns) {
      return;
    }
    const first = table.dataset.columns === undefined;
    table.dataset.columns = columns;
    const others = table.dataset.others === "true" || columns < all;
    if (first && columns === all && others) {
      return;
    }
    [head].concat(Array.from(table.tBodies[0].rows)).forEach((row) => {
      if (row !== head && !(first && columns === all)) {
        fitRow(row, columns, all);
      }
      for (let column = 1; column <= all; column++) {
        row.cells[column].hidden = column > columns;
      }
      row.cells[all + 1].hidden = !others;
    });
  }

  Behaviour.specify(
    ".metakraftwerk-overview",
    "metakraftwerk-overview-columns",
    0,
    (table) => {
      if (!table.dataset.ready) {
        table.dataset.ready = "true";
        fit(table);
        window.addEventListener("resize", () => fit(table));
      }
    },
  );
})();
