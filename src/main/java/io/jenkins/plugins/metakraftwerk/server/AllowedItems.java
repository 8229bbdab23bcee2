package io.jenkins.plugins.metakraftwerk.server;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import java.util.List;
import java.util.Objects;

/**
 * The full names of the folders, projects, jobs and branches that may borrow the credential of a server. An entry covers
 * what lies below it too; names are compared as wholes, so {@code prod} is not {@code prod-evil}.
 */
record AllowedItems(List<String> names) {

    static final AllowedItems NONE = new AllowedItems(List.of());

    static AllowedItems from(@CheckForNull List<String> given) {
        return given == null
                ? NONE
                : new AllowedItems(given.stream()
                        .filter(Objects::nonNull)
                        .map(AllowedItems::normal)
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .toList());
    }

    /** As Jenkins writes a full name: no slash at its ends. */
    static String normal(String name) {
        return name.strip().replaceAll("^/+|/+$", "");
    }

    /** Walks the items themselves, so that no name that looks like another one is taken for it. */
    boolean cover(Item item) {
        return ItemAncestors.startingAt(item).map(Item::getFullName).anyMatch(names::contains);
    }

    /** After an item, with all below it, has got another full name. */
    AllowedItems moved(String before, String after) {
        return new AllowedItems(names.stream()
                .map(name -> isAtOrBelow(name, before) ? after + name.substring(before.length()) : name)
                .distinct()
                .toList());
    }

    /** After an item, with all below it, is gone: what gets its name later must not inherit. */
    AllowedItems without(String gone) {
        return new AllowedItems(
                names.stream().filter(name -> !isAtOrBelow(name, gone)).toList());
    }

    private static boolean isAtOrBelow(String name, String above) {
        return name.equals(above) || name.startsWith(above + "/");
    }
}
