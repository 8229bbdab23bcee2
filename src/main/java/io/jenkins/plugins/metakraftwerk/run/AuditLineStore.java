package io.jenkins.plugins.metakraftwerk.run;

import java.io.IOException;

/** Store for the lines of the audit log. */
interface AuditLineStore {

    /** Adds a line. May block. A failed write does not damage the next line. */
    void append(String line) throws IOException;
}
