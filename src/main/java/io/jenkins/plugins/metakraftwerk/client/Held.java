package io.jenkins.plugins.metakraftwerk.client;

import java.lang.reflect.RecordComponent;

/**
 * Counts the memory that the entries of a list take, so that a list is left before it takes too much. JSON of a few bytes
 * can become objects of many, and a text with a single wide character takes twice its length.
 */
final class Held {

    /** The most that is held for one answer, in bytes: what is read of it and what is still to be read; 15 MiB. */
    static final long LIMIT = 15L * 1024 * 1024;

    private static final int OBJECT = 16;
    private static final int REFERENCE = 4;
    private static final int NUMBER = 24;
    private static final int EMPTY_TEXT = 40;

    /** For the lists: they grow by half, and the entries of a page are added to those of the pages before. */
    private static final int PLACE_IN_LISTS = 4 * REFERENCE;

    private long bytes;

    void add(Record entry) {
        bytes += PLACE_IN_LISTS + OBJECT;
        for (RecordComponent component : entry.getClass().getRecordComponents()) {
            bytes += REFERENCE + size(value(entry, component));
        }
    }

    /** @param unread the bytes of the answer that are not read yet */
    boolean isTooMuchWith(long unread) {
        return bytes + unread > LIMIT;
    }

    private static long size(Object value) {
        if (value instanceof String text) {
            return EMPTY_TEXT + (text.chars().allMatch(c -> c < 256) ? 1L : 2L) * text.length();
        }
        return value instanceof Number ? NUMBER : 0;
    }

    private static Object value(Record entry, RecordComponent component) {
        try {
            return component.getAccessor().invoke(entry);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
