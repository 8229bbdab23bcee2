package io.jenkins.plugins.metakraftwerk.server;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import java.util.List;
import java.util.Objects;

/**
 * Full names of the items that may borrow the credential of a server: folders, projects, jobs and branches. An entry
 * also covers all items below it. Names are compared as wholes: {@code prod} does not cover {@code prod-evil}.
 */
record AllowedItems(List<String> names) {

    static final AllowedItems NONE = new AllowedItems(List.of());

    static AllowedItems from(@CheckForNull List<String> names) {
        return names == null
                ? NONE
                : new AllowedItems(names.stream()
                        .filter(Objects::nonNull)
                        .map(AllowedItems::normal)
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .toList());
    }

    /** Returns the name as Jenkins writes it, without slashes at its ends. */
    static String normal(String name) {
        return name.strip().replaceAll("^/+|/+$", "");
    }

    /** Compares the full names of the item and its ancestors, so that no similar name is taken for one of them. */
    boolean cover(Item item) {
        return ItemAncestors.startingAt(item).map(Item::getFullName).anyMatch(names::contains);
    }

    /** Returns the entries after an item, with all below it, was renamed or moved. */
    AllowedItems moved(String before, String after) {
        return new AllowedItems(names.stream()
                .map(name -> isAtOrBelow(name, before) ? after + name.substring(before.length()) : name)
                .distinct()
                .toList());
    }

    /**
     * Returns the entries after an item was deleted with all below it. An item that gets the name later must not
     * inherit them.
     */
    AllowedItems without(String deleted) {
        return new AllowedItems(
                names.stream().filter(name -> !isAtOrBelow(name, deleted)).toList());
    }

    private static boolean isAtOrBelow(String name, String above) {
        return name.equals(above) || name.startsWith(above + "/");
    }
}
