package io.jenkins.plugins.metakraftwerk.client;

import java.util.Optional;

/** Where the bearer token of a call comes from; asked on virtual threads. Implementations keep tokens in memory only. */
public interface TokenSource {

    /**
     * A token to send. May have to wait for it.
     *
     * @throws MetaKraftwerkException where there is none to be had
     */
    String token() throws MetaKraftwerkException, InterruptedException;

    /**
     * A token to try instead of one that the server refused with 401.
     *
     * @param refused the refused token; if another caller has already replaced it, the replacement is answered
     * @return empty if there is no other way to get one
     * @throws MetaKraftwerkException where there is, and none is to be had
     */
    Optional<String> renew(String refused) throws MetaKraftwerkException, InterruptedException;

    /** What the tokens come from and nobody may see either, even if the server repeats it; null if there is nothing. */
    String secret();

    /** What to do when the server refuses a token and there is no other: a sentence for people. */
    Text advice(String refused);
}
