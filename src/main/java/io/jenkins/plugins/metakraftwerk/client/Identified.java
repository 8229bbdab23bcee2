package io.jenkins.plugins.metakraftwerk.client;

/** What a list has entries of. */
public interface Identified {

    /** Positive, and the same for no other entry of the list. */
    Long id();
}
