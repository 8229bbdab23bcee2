package io.jenkins.plugins.metakraftwerk.store;

import java.util.List;
import java.util.Optional;

/** Gives the lines of a journal their meaning. */
public interface JournalContent {

    boolean understands(String line);

    /** Returns the address of the server that a damaged line is about, or empty if nobody can tell. */
    Optional<String> serverOf(String line);

    /**
     * Takes the lines of the file, which are older than all that was noted since.
     *
     * @param waiting lines that wait to be written to it, the newest last
     */
    void load(List<String> lines, List<String> waiting);

    /** Returns the lines that are worth keeping when the journal has grown too long. */
    List<String> worthKeeping();

    /** Gives up the content that could not be read or understood: it will never be known. */
    void putAside();
}
