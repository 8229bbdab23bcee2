package io.jenkins.plugins.metakraftwerk.run;

/** Keeps texts, whatever is in them, so short that a line of the audit log stays below 16 KiB. */
final class AuditText {

    /** In characters. */
    static final int LONGEST = 255;

    private AuditText() {}

    /** Null stays null. */
    static String cut(String text) {
        return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
