package io.jenkins.plugins.metakraftwerk.server;

import hudson.model.Item;
import java.util.Objects;
import java.util.stream.Stream;

/** Where an item is. */
final class ItemAncestors {

    private ItemAncestors() {}

    /** The item itself, and then the items that it is in, from the inside out. */
    static Stream<Item> startingAt(Item item) {
        return Stream.iterate(item, Objects::nonNull, one -> one.getParent() instanceof Item above ? above : null);
    }
}
