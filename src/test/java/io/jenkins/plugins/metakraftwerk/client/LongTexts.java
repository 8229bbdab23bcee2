package io.jenkins.plugins.metakraftwerk.client;

import java.util.Collections;
import java.util.List;

/** Texts of others that need the most room for what is kept of them. */
public final class LongTexts {

    /** Each character has three bytes, more than any other in this many characters. */
    public static final String WIDE = "€".repeat(11 * 1024 * 1024);

    public static final List<String> MANY = Collections.nCopies(1_000, WIDE.substring(0, 100_000));

    private LongTexts() {}
}
