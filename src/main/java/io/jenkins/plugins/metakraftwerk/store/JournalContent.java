package io.jenkins.plugins.metakraftwerk.store;

import java.util.List;
import java.util.Optional;

/** What the lines of a journal mean. */
public interface JournalContent {

    boolean understands(String line);

    /** The address of the server that a line is about which is not understood; empty where that cannot be told. */
    Optional<String> serverOf(String line);

    /**
     * Takes over what the file tells, which is older than all that was noted since.
     *
     * @param waiting what is to be added to it, the newest last
     */
    void load(List<String> lines, List<String> waiting);

    /** Tells what is worth keeping when the journal has grown too long. */
    List<String> worthKeeping();

    /** What could not be read or understood is given up: what was in it will never be known. */
    void putAside();
}
