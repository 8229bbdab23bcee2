package io.jenkins.plugins.metakraftwerk.server;

import hudson.model.Item;
import java.util.Objects;
import java.util.stream.Stream;

/** Items that contain an item. */
final class ItemAncestors {

    private ItemAncestors() {}

    /** Returns the item itself, then the items that contain it, from the inside out. */
    static Stream<Item> startingAt(Item item) {
        return Stream.iterate(item, Objects::nonNull, inner -> inner.getParent() instanceof Item above ? above : null);
    }
}
