package io.jenkins.plugins.metakraftwerk.run;

import java.io.IOException;

/** Where the lines of the audit log are kept. */
interface AuditLineStore {

    /** Adds a line. May block; what it leaves where it fails does not spoil the next. */
    void append(String line) throws IOException;
}
