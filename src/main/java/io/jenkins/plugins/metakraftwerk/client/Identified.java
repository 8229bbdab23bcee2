package io.jenkins.plugins.metakraftwerk.client;

/** An entry of a list. */
public interface Identified {

    /** Returns the id: positive, and unique in the list. */
    Long id();
}
